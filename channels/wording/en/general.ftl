# What is said in every moment. A message's value is for all channels; .sms .phone .web override it,
# .again is the shorter form for a second try.

# Questions without wording of their own, one per kind. Facts: label, and the question's bounds.
ask-amount = How much should the { $label } be?
ask-choice = Which { $label } would you like?
ask-yes-no = Yes or no: { $label }?
ask-date = Which day? ({ $label })
    .phone = Which day? This is for the { $label }.
ask-slot = Which time suits you best?
ask-text = Please tell us: { $label }.
ask-digits = What is the { $label }?
ask-phone-number = Which phone number should we use?
ask-email = Which email address should we use?
ask-code = { $sent ->
    [none] What is the code we sent you?
   *[other] What is the code we sent to { $sent }?
    }
    .phone = What is the code we sent you?
ask-payment-method = How would you like to pay?
ask-confirm = Please check: { $list }. Is that right?
ask-change = What should change?

# How to answer. .sms and .phone where nothing can be picked, .sms-picks and .phone-picks after a list;
# .example on the phone's second try, .keypad on its third; .hint beside a field; .hints for the recogniser.
answer-amount =
    .sms = Reply with an amount, like 40 or 40.50.
    .sms-picks = Or reply with another amount.
    .phone = Say an amount, or enter it, with star for the point, then pound.
    .phone-picks = Say an amount, or { $picks }.
    .example = For example, say: forty dollars.
    .example-picks = For example, say: forty dollars. Or { $picks }.
    .keypad = On your keypad, enter the amount, with star for the point, then press pound.
    .keypad-picks = On your keypad, { $picks }. Or enter another amount, with star for the point, then press pound.
    .hint = { $least ->
        [none] Up to { $most }
       *[other] From { $least } to { $most }
        }
    .hints = dollars, cents, full amount, minimum
answer-choice =
    .sms-picks = Reply with a number.
    .phone-picks = Say one, or { $picks }.
    .example-picks = Say the name, or { $picks }.
    .keypad-picks = On your keypad, { $picks }.
answer-yes-no =
    .sms = Reply YES or NO.
    .phone = Say yes or no.
    .example = Just say yes or no.
    .keypad = On your keypad, press 1 for yes, or 2 for no.
    .hints = yes, no, sure, correct, that's right, no thanks
answer-date =
    .sms = { $earliest ->
        [none] { $latest ->
            [none] Reply with a day, like { $example }.
           *[other] Reply with a day up to { $latest }.
            }
       *[other] { $latest ->
            [none] Reply with a day from { $earliest } on.
           *[other] Reply with a day from { $earliest } to { $latest }.
            }
        }
    .phone = { $earliest ->
        [none] { $latest ->
            [none] Say a day.
           *[other] Any day up to { $latest }.
            }
       *[other] { $latest ->
            [none] Any day from { $earliest } on.
           *[other] Any day from { $earliest } to { $latest }.
            }
        }
    .example = For example, say: { $example }.
    .keypad = On your keypad, enter the month and the day as four digits: { $digits } for { $example }.
    .hint = { $earliest ->
        [none] { $latest ->
            [none] {""}
           *[other] Up to { $latest }
            }
       *[other] { $latest ->
            [none] From { $earliest } on
           *[other] From { $earliest } to { $latest }
            }
        }
    .hints = today, tomorrow, next week, Monday, Tuesday, Wednesday, Thursday, Friday, Saturday, Sunday
answer-slot =
    .sms-picks = Reply with a number.
    .phone-picks = Say one, or { $picks }.
    .example-picks = For example, say: the first one. Or { $picks }.
    .keypad-picks = On your keypad, { $picks }.
answer-text =
    .sms = Reply in your own words.
    .phone = Tell me in a few words.
    .example = One or two sentences are enough.
answer-digits =
    .sms = { $length ->
        [none] Reply with the number.
       *[other] Reply with the { $length } digits.
        }
    .phone = { $length ->
        [none] Say or enter the number, then press pound.
       *[other] Say or enter the { $length } digits.
        }
    .example = Say it digit by digit, like: four, one, five. Or enter it on your keypad.
    .keypad = { $length ->
        [none] On your keypad, enter the number, then press pound.
       *[other] On your keypad, enter the { $length } digits.
        }
    .hint = { $length ->
        [none] {""}
       *[other] { $length } digits
        }
answer-phone-number =
    .sms = Reply with the number, area code first.
    .phone = Say or enter it, area code first, then press pound.
    .example = Say it digit by digit, area code first. Or enter it, then press pound.
    .keypad = On your keypad, enter the number, area code first, then press pound.
    .hint = With the area code
answer-email =
    .sms = Reply with the address.
    .phone = Say it slowly.
    .example = Like: jane, dot, doe, at, example, dot, com.
    .hint = name@example.com
answer-code =
    .sms = Reply with the code.
    .phone = Enter its { $length } digits on your keypad.
    .example = It has { $length } digits. Enter them on your keypad, or press star for a new code.
    .keypad = Please enter the { $length } digits on your keypad, or press star for a new code.
    .hint = { $length } digits
answer-payment-method =
    .sms-picks = Reply with a number.
    .phone-picks = Say which one, or { $picks }.
    .example-picks = Say the name of the card, or { $picks }.
    .keypad-picks = On your keypad, { $picks }.
answer-confirm =
    .sms = Reply YES, or NO to change something.
    .phone = Say yes, or no to change something.
    .example = Just say yes or no.
    .keypad = On your keypad, press 1 for yes, or 2 to change something.
    .hints = yes, no, correct, that's right, change it
answer-change =
    .sms-picks = Reply with a number.
    .phone-picks = Say which one, or { $picks }.
    .example-picks = Say its name, or { $picks }.
    .keypad-picks = On your keypad, { $picks }.

press = press { $number } for { $label }
press-next = { $number } for { $label }
pick-line = { $number }) { $label }
picks-more = (and { $count } more)
new-card = A new card
    .phone = a new card
new-card-here = A new card: { $link }
card-only-here = Please add a card on our secure page: { $link }
enter-card = Please enter the new card on your keypad now. We do not see or keep its number.
card-only = Please add a card on our secure page.
    .phone = A card can only be added on our secure page. When we hang up, we will text you a link to it. Goodbye.
web-link = Go on here: { $link }
press-zero = Press 0 for a person.

# Buttons of a page
button-yes = Yes
button-no = No
button-confirm = Yes, go ahead
button-change = No, change something
button-skip = Skip this

# Answers in words
value-yes = yes
value-no = no
value-none = none
value-code = received
value-method = a saved method
how = { $channel }, { $at }
time-slot = { $day }, { $start } to { $until }
time-hours = { $start } - { $until }

channel-phone = by phone
channel-sms = by text
channel-whatsapp = by WhatsApp
channel-email = by email
channel-web = on the web
channel-store = in a store
channel-desk = by an agent

# Notices without wording of their own
told-other = There is news about { $moment }.

# How a request went, when it was not simply taken (models.case.Note)
already-answered = Thanks, that one was already answered.
unfit = That answer does not fit the question.
not-asked = That is not being asked right now.
sealed = That can't be changed any more, because it has already been carried out.
settling = One moment, your last answer is still being worked on.
conflict = We got two different answers at once. Please check what we have.
claimed = Somebody of our team is working on this right now.
still-known = We have { $answer } on file.
    .sms = We have { $answer } on file. Reply YES to keep it.
    .phone = We have { $answer } on file. Say yes to keep it.
unproved = Before we go on, we have to be sure that it is you.
finished = This was already completed.
not-confirmed = We are not sure your last answer reached us. Please look again in a moment.

# Where the case stands
state-waiting = There is nothing for you to do right now. We will let you know when there is news.
state-with-a-person = One of our team is looking after this and will get in touch with you.
state-stuck = Sorry, something is not working on our side. One of our team will get in touch with you.
state-uncertain = We are checking whether this went through, and will let you know. Please do not try again for now.
state-finished = All done: { $moment }.
state-cancelled = Cancelled: { $moment }. Nothing more will happen.
state-expired = Closed: { $moment }. It had been waiting for too long.
what-next = Anything else? Just reply.
    .phone = Is there anything else I can do for you?
    .web = Is there anything else we can do for you?
goodbye = Thank you for calling. Goodbye.

status-open = in progress
status-parked = waiting for you
status-with-a-person = with our team
status-stuck = with our team
status-uncertain = being checked
status-finished = done
status-cancelled = cancelled
status-expired = closed

# Said outside of a question
greeting = Hello! What would you like to do? For example: pay my bill.
    .phone = Hello, and thank you for calling. What would you like to do? For example, say: pay my bill.
    .web = What would you like to do?
help = You can answer in your own words, reply with a number, or say CALL ME for a call, PERSON to reach our team, CHANGE to change an answer, STOP for no more texts.
    .phone = You can answer in your own words, or use your keypad. Say: go back, to change an answer, or press 0 for a person.
    .web = Answer the question below. You can change earlier answers, and go on by phone or text at any time.
stopped = You will get no more texts from us. Reply START to get them again.
started = Welcome back! You will get our texts again.
person-offer = Or reply PERSON, and one of our team helps you.
person = One of our team will get in touch with you.
    .phone = I am putting you through to one of our team. One moment.
call-you-back = We could not settle this here, so one of our team will call you back. Thank you. Goodbye.
unknown-wish = Sorry, I did not get what you would like to do. For example: pay my bill.
    .phone = Sorry, I did not get what you would like to do. For example, say: pay my bill.
too-long = That was too long for us to read. Please use fewer words.
empty = That message was empty. What would you like to tell us?
way-back = { $question } Go on here: { $link }
reminder = You have not finished { $moment } yet. { $question }
still-working = We are still working on it, and will let you know.
sorry-away = Sorry, we can't answer right now. Nothing is lost: please try again in a few minutes.
    .phone = Sorry, we can't go on right now. Nothing is lost: please call again in a few minutes. Goodbye.
stale-link = This link has been used or is no longer valid. We can send you a new one.
working = One moment, we are working on it.
