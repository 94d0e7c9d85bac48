# A charge that is not understood, or not agreed with. Facts of a charge: label, kind, amount, on, units, each.

resolve-billing-issue = sorting out a charge on your bill
    .title = Ask about a charge

resolve-billing-issue-charge = Which charge on your bill is it about?
    .again = Which charge do you mean?
    .label = charge

resolve-billing-issue-told-explained = { $kind ->
    [plan] { $label }, { $amount }: the monthly price of your plan, charged on { $on } for the month ahead.
    [roaming] { $label }, { $amount }: { $units } days of using your phone abroad from { $on }, at { $each } a day.
    [premium] { $label }, { $amount }: messages sent to a paid service on { $on }.
    [late-fee] { $label }, { $amount }: added on { $on }, because the bill before was paid after its due date.
    [device] { $label }, { $amount }: this month's part of the price of your device.
   *[other] { $label }, { $amount }, from { $on }.
    }

resolve-billing-issue-settled = Does that settle it?
    .label = agreement to the charge

resolve-billing-issue-reason = What is wrong with it?
    .label = reason
    .option-not-mine = I did not use this
    .option-too-much = The amount is wrong
    .option-cancelled = I had cancelled it
    .option-twice = Charged twice

resolve-billing-issue-evidence = Do you have a photo or a document that shows it? You can also go on without.
    .sms = Do you have a photo or a document that shows it? To go on without, reply NO.
    .email = Do you have a photo or a document that shows it? To go on without, reply NO.
    .phone = If you have a photo or a document that shows it, hang up and reply with it to the text we send you. To go on without, say no.
    .again = Do you have something that shows it? To go on without, say no.
    .label = evidence

resolve-billing-issue-dispute = Dispute { $charge }, { $amount }, because { $reason ->
    [not-mine] you did not use it
    [too-much] the amount is wrong
    [cancelled] you had cancelled it
    [twice] you were charged twice
   *[other] it is not right
    }?
    .label = dispute

resolve-billing-issue-told-nothing-billed = There is no bill with charges to look at right now.

resolve-billing-issue-told-looking = Thank you. One of our team will look into { $charge } and decide within 14 days. We will write to you. Your reference is { $reference }.
    .phone = Thank you. One of our team will look into { $charge } and decide within 14 days. We will write to you. Your reference is { SPELL($reference) }.

resolve-billing-issue-told-credited = You get { $credit } back for { $charge }: { $why ->
    [small-amount] the amount is small, so we take your word for it.
    [too-late] we did not decide in time, so it is decided in your favor.
    [our-mistake] it was our mistake, and we are sorry.
   *[other] our team has checked it.
    } Your reference is { $reference }.{ $left-is ->
    [zero] {""} Nothing is left to pay.
   *[some] {""} Still to pay: { $left }.
    }
    .phone = You get { $credit } back for { $charge }: { $why ->
    [small-amount] the amount is small, so we take your word for it.
    [too-late] we did not decide in time, so it is decided in your favor.
    [our-mistake] it was our mistake, and we are sorry.
   *[other] our team has checked it.
    } Your reference is { SPELL($reference) }.{ $left-is ->
    [zero] {""} Nothing is left to pay.
   *[some] {""} You still owe { $left }.
    }

resolve-billing-issue-told-refused = We looked into { $charge }, and the charge stays: { $why ->
    [was-used] our records show that the service was used.
    [as-agreed] it is what the contract says.
   *[other] our team has checked it and found it right.
    } Your reference is { $reference }. If you don't agree, just reply and ask for a person.
    .phone = We looked into { $charge }, and the charge stays: { $why ->
    [was-used] our records show that the service was used.
    [as-agreed] it is what the contract says.
   *[other] our team has checked it and found it right.
    } Your reference is { SPELL($reference) }. If you don't agree, ask for a person.

# What is confirmed without having been asked
resolve-billing-issue-amount =
    .label = amount

because-already-disputed = This charge has been disputed before, and one of our team knows about it.

step-disputes-statement = looked up the charges of the bill
step-disputes-open = opened a dispute
step-disputes-withdraw = took the dispute back
step-disputes-decision = looked up the decision
step-disputes-concede = settled the dispute for the customer
step-disputes-credit = gave the credit
