# Why something is asked again, or was not taken. One message per code, each a whole sentence.

# What was said
because-no-input = Sorry, I did not get an answer.
    .phone = Sorry, I did not hear anything.
    .web = Please give an answer.
because-no-match = Sorry, I did not understand that.
    .web = Sorry, we could not read that.
because-ambiguous = That could mean more than one thing. Please say it another way.
    .either = Did you mean { $first } or { $second }? Please say it in full.
because-calling = All right, we are calling you now.
because-person = One of our team will get in touch with you.
because-call-nowhere = We have no phone number to call you at.
because-what-then = All right. What is it, then?
because-empty = Your answer was empty.
because-too-long = { $longest ->
    [none] That is too long for us to read.
   *[other] That is too long: please use at most { $longest } characters.
    }

# Amounts
because-not-an-amount = That is not an amount I can use.
because-not-a-money = That is not an amount I can use.
because-wrong-currency = Please give the amount in { $currency }.
because-too-much = That is too much: the most is { $most }.
because-too-little = { $least-is ->
    [zero] The amount has to be more than zero.
   *[some] That is too little: the least is { $least }.
    }

# Choices
because-not-an-option = That is not one of the choices.
because-not-yes-or-no = Sorry, was that a yes or a no?
because-not-a-slot = That time is not on offer.
because-not-a-method = That is not a way to pay we know.

# Days
because-not-a-date = Sorry, I could not tell which day that is.
because-too-early = That is too early: the first possible day is { $earliest }.
because-too-late = That is too late: the last possible day is { $latest }.

# Numbers and addresses
because-wrong-shape = That number does not have the right form.
because-mistyped = One of the digits seems to be mistyped.
because-not-a-phone-number = That does not look like a phone number.
because-not-an-email = That does not look like an email address.
because-wrong-code = That code is not right, or it is no longer valid.
because-code-used-up = That code can't be tried any more. Please ask for a new one.

# Cards
because-needs-web = A new card can only be added on our secure page.
    .phone = A new card can only be added on our secure page. When we hang up, we will text you a link to it.
because-card-stopped = All right, no new card.
because-card-not-read = Sorry, that card could not be read.
because-card-away = Sorry, we can't take a new card right now.
because-no-card-numbers-here = For your safety, please do not give card numbers here. We did not keep it.
because-insufficient-funds = That payment was declined: there is not enough money on the card or account.
because-expired-card = That card has expired.
because-card-declined = That card was declined.
because-paid-meanwhile = Part of this bill was paid in the meantime.
because-bad-number = That card number does not look right.

# What the case found out by itself
because-changed = Something you said before has changed, so please check once more.
because-no-longer-fits = What you said before does not fit any more.
because-other = Sorry, that did not work.
because-claimed = { $name } has this case in hand since { $since }.
