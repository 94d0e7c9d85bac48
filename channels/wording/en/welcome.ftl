# A customer's first weeks. Facts: since, call (a number).

welcome = getting to know us
    .title = Welcome to us

welcome-told-hello = Welcome, it is good to have you with us! You can reach us at any time: reply here, or call { $call }.
    .phone = Welcome, it is good to have you with us! You can call this number at any time.
    .web = Welcome, it is good to have you with us! You can reach us at any time: write to us, or call { $call }.

welcome-contact = How would you like to hear from us?
    .again = How should we get in touch with you?
    .label = contact preference
    .option-sms = By text message
    .option-whatsapp = By WhatsApp
    .option-email = By email
    .option-phone = By phone

welcome-help = We have not seen your SIM card on our network yet. Would you like help with it?
    .again = Would you like help with your SIM card?
    .label = help with the SIM card
welcome-told-sim-waits = The note that came with your SIM card says how to activate it. We are here if you need us.

welcome-e-bill = Would you like your bills by email instead of on paper?
    .again = Bills by email, instead of on paper?
    .label = bills by email
welcome-told-e-bill-on = Done: your bills come by email now.

welcome-autopay = Shall a card pay each bill by itself, on the day it is due? Tell us which, or say no.
    .again = Which card should pay your bills by itself? Or say no.
    .phone = Shall a card pay each bill by itself when it is due? If not, say no.
    .label = automatic payment
welcome-told-autopay-on = Done: { $method } pays your bills from now on, each on the day it is due.

welcome-stars = You have been with us for a month. How do you like it so far?
    .again = How do you like it so far?
    .label = rating
    .option-1 = Poor
    .option-2 = Fair
    .option-3 = Good
    .option-4 = Very good
    .option-5 = Excellent
welcome-better = What should we do better?
    .label = what should be better
welcome-told-thanks = Thank you for telling us!

step-care-membership = looked up since when this is a customer
step-care-ways-to-reach = looked up how the customer can be reached
step-care-look-at-sim = looked whether the SIM card is active
step-care-start-e-bill = switched to bills by email
step-care-stop-e-bill = switched back to bills on paper
step-billing-saved-methods = looked up what the customer pays with
step-care-keep-rating = passed the rating on
