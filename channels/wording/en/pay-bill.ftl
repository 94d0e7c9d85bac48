# Paying a bill. Facts: most, least, about …, and what is confirmed: amount, day (none: now), method.

pay-bill = paying your bill
    .title = Pay your bill

pay-bill-amount = Your bill is { $most }. How much would you like to pay?
    .again = How much would you like to pay?
    .label = amount
    .suggest-1 = Full { $money }
    .suggest-1-phone = all of it, { $money }
    .suggest-2 = Minimum { $money }
    .suggest-2-phone = the minimum, { $money }

pay-bill-when = Would you like to pay now, or on a later day?
    .again = Pay now, or later?
    .label = payment time
    .option-now = Now
    .option-later = Later

pay-bill-day = Which day should we take the payment?
    .again = Which day?
    .label = payment day

pay-bill-method = How would you like to pay?
    .again = Which card or account should we use?
    .label = payment method

pay-bill-pay = { $day ->
    [none] Pay { $amount } now with { $method }?
   *[other] Pay { $amount } with { $method } on { $day }?
    }
    .label = payment

pay-bill-told-nothing-owed = Good news: there is nothing to pay right now.

pay-bill-told-receipt = { $on ->
    [none] Thank you! We received { $amount } from { $method }.
   *[other] Thank you! We will take { $amount } from { $method } on { $on }.
    } Your reference is { $reference }.{ $left-is ->
    [zero] {""} Nothing is left to pay.
   *[some] {""} Still to pay: { $left }.
    }
    .phone = { $on ->
    [none] Thank you! We received { $amount } from { $method }.
   *[other] Thank you! We will take { $amount } from { $method } on { $on }.
    } Your reference is { SPELL($reference) }.{ $left-is ->
    [zero] {""} Nothing is left to pay.
   *[some] {""} You still owe { $left }.
    }

step-billing-open-bill = looked up the open bill
step-billing-take-payment = took the payment
