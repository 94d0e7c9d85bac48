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
    .option-instalments = In instalments
    .option-promise = Promise a day

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

pay-bill-parts = In how many monthly payments?
    .again = How many payments?
    .label = number of payments
    .option-4 = 4 payments
    .option-6 = 6 payments
    .option-12 = 12 payments

pay-bill-plan = Pay { $first } now and then { $each } a month until { $until }, { $count } payments in all, with { $method }?
    .label = instalment plan

pay-bill-promised = By which day will you have paid?
    .again = By which day?
    .label = promised day

pay-bill-promise = You promise to pay { $amount } by { $day }, and we send no reminders until then. All right?
    .label = promise

pay-bill-autopay = Would you like us to pay your bills from now on by themselves, with the same card or account, each on the day it is due?
    .again = Shall we set up automatic payment?
    .label = automatic payment

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

pay-bill-told-plan-started = Thank you! We received the first of { $count } payments, { $first }, from { $method }. We will take { $each } a month until { $until }. Your reference is { $reference }.
    .phone = Thank you! We received the first of { $count } payments, { $first }, from { $method }. We will take { $each } a month until { $until }. Your reference is { SPELL($reference) }.

pay-bill-told-promise-noted = Thank you. We have noted that you will pay { $amount } by { $day }. Your reference is { $reference }.
    .phone = Thank you. We have noted that you will pay { $amount } by { $day }. Your reference is { SPELL($reference) }.

pay-bill-told-autopay-on = Automatic payment is on: from the next bill we use { $method } on the day it is due.

# What is confirmed without having been asked
pay-bill-first =
    .label = first payment
pay-bill-each =
    .label = monthly payment
pay-bill-count =
    .label = number of payments
pay-bill-until =
    .label = last payment

because-parts-too-small = Each of those payments would be smaller than { $least }, the least we can split a bill into.

step-billing-open-bill = looked up the open bill
step-billing-take-payment = took the payment
step-arrangements-quote = worked out the instalments
step-arrangements-start-plan = started the instalment plan
step-arrangements-promise = noted the promise to pay
step-arrangements-set-up-autopay = turned on automatic payment
