# Changing a plan. Facts: used (gigabytes a month), current, costs, best (none: the current one fits best), instead;
# and what is confirmed: plan, price, on, charge or credit (none: nothing).

change-plan = changing your plan
    .title = Change your plan

change-plan-plan = You use about { $used } GB a month. That costs you about { $costs } with { $current }{ $best ->
    [none] , and no other plan is cheaper for you.
   *[other] . With { $best } it would be { $instead }.
    } Which plan would you like?
    .phone = You use about { $used } gigabytes a month. That costs you about { $costs } with { $current }{ $best ->
    [none] , and no other plan is cheaper for you.
   *[other] . With { $best } it would be { $instead }.
    } Which plan would you like?
    .again = Which plan would you like?
    .label = plan

change-plan-start = From which day on?
    .label = first day

change-plan-change = Change to { $plan } for { $price } a month, from { $on } on?{ $charge ->
    [none] {""}
   *[other] {""} For the rest of that month, { $charge } is added to your bill.
    }{ $credit ->
    [none] {""}
   *[other] {""} For the rest of that month, { $credit } is taken off your bill.
    } You can go back within 14 days.
    .phone = You would like to change to { $plan }, for { $price } a month, from { $on } on.{ $charge ->
    [none] {""}
   *[other] {""} For the rest of that month, { $charge } is added to your bill.
    }{ $credit ->
    [none] {""}
   *[other] {""} For the rest of that month, { $credit } is taken off your bill.
    } You can go back within 14 days. Is that right?
    .label = change

change-plan-told-not-now = A change of your plan on { $on } is already under way. After that you can change it again.

change-plan-told-changed = Done: { $plan } for { $price } a month, from { $on } on. Your reference is { $reference }. You can cancel until { $until }: then everything is as before.
    .phone = Done: { $plan }, for { $price } a month, from { $on } on. Your reference is { SPELL($reference) }. You can cancel until { $until }: then everything is as before.

# What is confirmed without having been asked
change-plan-price =
    .label = price a month
change-plan-on =
    .label = first day
change-plan-charge =
    .label = charge for this month
change-plan-credit =
    .label = credit for this month

step-plans-compare = compared the plans
step-plans-quote = worked out what the change costs
step-plans-change = changed the plan

because-change-pending = Another change of the plan is already under way.
because-plan-gone = That plan is no longer offered.
because-day-passed = That day is over by now.
