# What an agent does beside the question: book, hand over, wrap up, give, begin and call off; and why they look.

# What happened
desk-told-booked = Booked. The customer has it in writing.
desk-told-booked-unwritten = Booked. We can't write to the customer: say the time again before you hang up.
desk-told-unbooked = The time is given back, and the customer knows.
desk-told-handed-on = Handed over.
desk-told-given = Given. The customer has it in writing.
desk-told-given-unwritten = Given. We can't write to the customer: tell them now.
desk-told-called-off = Called off. What was done is taken back.

# Book a time
desk-book = Booked times
desk-book-call = Book a call-back
desk-book-change = Change
desk-book-cancel = Give back
desk-booked-call = We call the customer
desk-booked-visit = Visit to { $store }
desk-times = Free times
desk-times-back = Back to the case
desk-times-call = We call at a time that suits them
desk-times-visit = Visit to { $store }
desk-times-what = Book
desk-times-show = Show
desk-times-let = Let the customer choose
desk-times-taken = Somebody was faster: that time is gone. Nothing has changed.
desk-times-none = There is no free time left.
booking-offer = { $second ->
    [none] { $kind ->
        [call] We can call you on { $first }. Does that suit you?
       *[visit] You can come to { $store } on { $first }. Does that suit you?
        }
   *[other] { $kind ->
        [call] When may we call you? I have { $first }, or { $second }.
       *[visit] When can you come to { $store }? I have { $first }, or { $second }.
        }
    }
booking-text = { $kind ->
    [call] Booked: one of us calls you on { $when }. To change or cancel it: { $link }
   *[visit] Booked: your visit to our store { $store }, on { $when }. To change or cancel it: { $link }
    }
booking-cancelled-text = { $kind ->
    [call] Cancelled: we won't call you on { $when }.
   *[visit] Cancelled: your visit to our store { $store }, on { $when }.
    }
booking-choose-text = { $kind ->
    [call] Choose when we call you: { $link }
   *[visit] Choose when you come to our store { $store }: { $link }
    }
page-book-title = Choose a time
page-book-call = One of us calls you.
page-book-visit = Your visit to our store { $store }.
page-book-done = It is booked
page-book-change = Choose another time
page-book-cancel = Cancel it
page-book-taken = Somebody was faster: that time is gone. Please choose another one.
page-book-none = There is no free time left. Please write to us, and we will find one.

# Hand over
desk-hand = Hand over
desk-hand-to = To
desk-hand-there = At their desk now
desk-hand-teams = Teams
desk-hand-team = Whoever of { $team } is first
desk-hand-others = Not there now
desk-hand-why = Why
desk-hand-why-skill = Needs somebody who knows this
desk-hand-why-language = Another language
desk-hand-why-decision = Needs a decision
desk-hand-why-shift = My shift ends
desk-hand-why-complaint = Complaint
desk-hand-why-reassigned = Reassigned
desk-hand-next = Next step
desk-hand-tried = What was tried
desk-hand-promised = Promised to the customer
desk-hand-by = Promised within
desk-hand-within = { $hours ->
    [one] 1 hour
   *[other] { $hours } hours
    }
desk-hand-until = by { $at }
desk-hand-send = Hand over
desk-hand-accept = Accept
desk-hand-incomplete = Nothing was handed over: say to whom, why, and what the next step is.
desk-handed-by = From { $name } to { $to }
desk-reason-handed-on = Handed over by a colleague.
desk-reason-unheard = Wrote to us, and nobody answered.
handed-on-text = { $to ->
    [person] { $name } goes on with you from here and knows what you told us.
   *[team] A colleague goes on with you from here and knows what you told us.
    }

# The team
desk-team = The team
desk-team-lead = Who is there, and who has what. Open a case to hand it to somebody else.
desk-team-waiting = Handed over, not accepted yet
desk-team-nothing = Nothing in hand.
desk-team-since = since { $since }
desk-there-available = Free
desk-there-busy = Busy
desk-there-away = Away
desk-there-gone = Not there

# How it ended
desk-wrap = How did it end?
desk-wrap-note = A note, if there is more to say
desk-wrap-said = How it ended
desk-wrap-was = Last wrap-up: { $ending }, { $at }.
desk-wraps = Open wrap-ups
desk-wraps-lead = Conversations you have left without saying how they ended.
desk-wraps-none = Nothing is open. Thank you.
desk-wraps-open = { $count ->
    [one] 1 open wrap-up
   *[other] { $count } open wrap-ups
    }
desk-ending-resolved = Resolved
desk-ending-follow-up = Follow-up needed
desk-ending-customer-returns = Customer comes back
desk-ending-handed-on = Handed on
desk-ending-no-answer = No answer
desk-ending-wrong-number = Wrong number

# Goodwill
desk-gift = Goodwill
desk-gift-left = { $left } left
desk-gift-what = Give
desk-gift-credit = Credit on the bill
desk-gift-data-5 = 5 GB of data
desk-gift-data-20 = 20 GB of data
desk-gift-amount = Amount of the credit ({ $currency })
desk-gift-why = Why
desk-gift-beyond = Beyond the budget, up to { $left }
desk-gift-send = Give it
desk-gift-over = That is more than the budget has: { $left } is left. Nothing was given.
desk-gift-no-amount = Nothing was given: that is no amount.
desk-gift-why-needed = Nothing was given: beyond the budget it needs a reason.
gift-text = { $gift ->
    [credit] With our apologies: we have taken { $cost } off { $bill ->
        [open] your open bill.
        [both] your open bill, and what is left of it off the next one.
       *[next] your next bill.
        }
    [data-5] With our apologies: 5 GB of extra data are yours from now on.
   *[data-20] With our apologies: 20 GB of extra data are yours from now on.
    }

# Begin, call off
desk-start = Begin something new
desk-start-send = Begin
desk-call-off = Call the case off
desk-call-off-reason = Why does the customer want none of it any more?
desk-call-off-why = Nothing was called off: it needs a reason.
desk-call-off-send = Call it off

# Why they look
desk-why = Why do you open this?
desk-why-lead = Nobody has asked for help here, so your reason is kept with your name. It holds for half an hour.
desk-why-note = Your reason
desk-why-open = Open
desk-why-short = A few words more, please.
desk-why-caller = The customer is on the line
desk-why-asked = The customer asked us to look
desk-why-team = A colleague asked me to help

# Parts of the page
desk-part-now = Now
desk-part-answers = Answers
desk-part-do = Do
desk-part-story = Story

desk-whose = Whose cases
desk-whose-all = Everybody
desk-whose-mine = Mine and my team's

# Keys
desk-key-g = goodwill
desk-key-w = open wrap-ups
desk-key-v = book a time
desk-key-o = hand over
desk-key-e = call the case off
desk-key-z = back to the case
desk-key-numbers = how it ended, or why you look

# The story
timeline-booked = { $kind ->
    [call] { $who } booked a call for { $when }.
   *[visit] { $who } booked a visit to the store { $store } for { $when }.
    }
timeline-unbooked = { $kind ->
    [call] { $who } cancelled the call for { $when }.
   *[visit] { $who } cancelled the visit to the store { $store } for { $when }.
    }
timeline-handed-on = { $who } handed the case on to { $to }. Next step: { $next-step }
timeline-gave = { $gift ->
    [credit] { $who } gave the customer a credit of { $cost } on { $bill ->
        [open] the open bill.
        [both] the open bill and the next one.
       *[next] the next bill.
        }
    [data-5] { $who } gave the customer 5 GB of data.
   *[data-20] { $who } gave the customer 20 GB of data.
    }
timeline-wrapped-up = { $note ->
    [none] { $who } noted how it ended: { $ending ->
        [resolved] it was resolved.
        [follow-up] a follow-up is needed.
        [customer-returns] the customer comes back.
        [handed-on] it was handed on.
        [no-answer] nobody answered.
       *[wrong-number] it was a wrong number.
        }
   *[other] { $who } noted how it ended: { $ending ->
        [resolved] it was resolved.
        [follow-up] a follow-up is needed.
        [customer-returns] the customer comes back.
        [handed-on] it was handed on.
        [no-answer] nobody answered.
       *[wrong-number] it was a wrong number.
        } "{ $note }"
    }
timeline-to-be-called-off = { $who } calls the case off for the customer. Reason: { $because }
