# A sore case: what the customer is promised, what follows, and how the team sees it.
# name: who of the team; by: until when, with the day where it is not today

told-care-promised = { $name ->
    [none] One of our team will look at this for you and write or call you by { $by }.
   *[other] { $name } from our team has your case and will write or call you by { $by }.
    }
    .phone = { $name ->
        [none] One of our team will look at this for you and call you by { $by }.
       *[other] { $name } from our team has your case and will call you by { $by }.
        }
told-care-late = We said somebody would be in touch by now, and nobody was. We are sorry. A supervisor has your case and will write or call you by { $by }.
    .phone = We said somebody would be in touch by now, and nobody was. We are sorry. A supervisor has your case and will call you by { $by }.
care-sorry = We are sorry about how this went. One of our team will call you.
care-follow-up = Yesterday we helped you with { $doing }. Is all well now? Reply with a number from 1 (not at all) to 5 (very well).
# How numbers from 1 to 5 are written, with commas between them.
care-numbers = one, two, three, four, five
front-rated = Thank you, we are glad to hear from you.
front-rated-low = We are sorry. One of our team will call you about it.

# The timeline. why: the signs, as a list
timeline-cared = { $name ->
    [none] The case showed that the customer is in trouble ({ $why }). The whole team was asked to help by { $by }.
   *[other] The case showed that the customer is in trouble ({ $why }). { $name } was asked to help by { $by }.
    }
timeline-escalated = { $level ->
    [1] Nobody had helped in time, so the case was put before the whole team.
   *[other] Nobody had helped in time, so the case was put before a supervisor.
    }
timeline-helped = { $who } has helped the customer.
sign-person = asked for a person
sign-wording = sounds angry
sign-low-rating = gave a low rating
sign-repeat = the trouble came back
sign-loop = went in circles
sign-asked-twice = was asked the same thing twice
sign-unreadable = was not understood
sign-dropped-call = the call broke off
sign-silence = was kept waiting

# The desk.
care-title = In trouble
care-yours = This case is yours.
care-of = { $name } has this case.
care-of-team = Any of the team may help.
care-of-supervisor = Nobody helped in time. A supervisor is needed.
care-until = Promised by { $by }
care-left = { $minutes ->
    [one] { $minutes } minute left
   *[other] { $minutes } minutes left
    }
care-late = { $minutes ->
    [0] Due now
    [one] { $minutes } minute late
   *[other] { $minutes } minutes late
    }
care-why = Why
care-helped = Helped
care-helped-hint = The customer has been helped, here or elsewhere: the promise is kept.
care-take = Take it on
desk-told-helped = The promise is kept.
desk-told-taken-on = The case is yours now.
care-mine = Promised you
care-escalated = Nobody helped in time
care-rated = Rated { $score } of 5
desk-signal-person = Asked for a person.
desk-reason-cared = Promised somebody of the team.
desk-reason-rated = { $comment ->
    [none] Rated us { $score } of { $of }.
   *[other] Rated us { $score } of { $of }: "{ $comment }"
    }
desk-reason-late = A promise was not kept.
desk-key-i = take on who is in trouble
desk-key-y = helped

# The customer's page, when all is done.
page-rate = How did it go?
page-rate-hint = From 1 (not at all well) to 5 (very well).
page-rate-score = { $score } of 5
page-rated = Thank you for telling us.
page-rated-low = We are sorry. One of our team will call you about it.
