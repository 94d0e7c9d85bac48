# The agents' desk: what the company's own people read.

desk-title = Desk
desk-find = Search for a customer or a case
desk-find-hint = Name, number, email, order, bill, case or words of a note
desk-found = { $count ->
    [0] Nobody found
    [one] 1 customer found
   *[other] { $count } customers found
    }
desk-found-for = You searched for "{ $typed }".
desk-found-none = Nobody was found. Try the last four digits of the number, another word of the name, or a word that somebody wrote down.
desk-no-name = No name given
desk-no-address = No number or address on file
desk-no-case = No open case
desk-no-cases = There is no case yet.
desk-queue = Who waits
desk-queue-lead = First the one whose waiting costs most. This list keeps itself up to date.
desk-queue-none = Nobody is waiting
desk-queue-none-lead = Whoever needs one of us shows up here by itself.
desk-queue-more = { $count } more are waiting behind these.
desk-held-by = { $name } has it
desk-looking = { $name } is looking, too
desk-minutes = { $count } min
desk-hours = { $count } h
desk-days = { $count ->
    [one] 1 day
   *[other] { $count } days
    }

# Why first
desk-reason-starving = Has waited far too long.
desk-reason-urgent = Urgent.
desk-reason-person = Asked for a person.
desk-reason-unhappy = Unhappy.
desk-reason-promise = Waiting longer than promised.
desk-reason-stuck = Segue can't go on by itself.
desk-reason-value = An important customer.
desk-reason-handed-over = Handed over to us.
desk-reason-uncertain = Not certain whether a step went through.
desk-reason-silent = Has gone silent in the middle.
desk-signal-wording = Their words sound upset.
desk-signal-low-rating = Gave us a low rating.
desk-signal-repeat = Is back with the same thing within days.
desk-signal-loop = Is going around in circles.
desk-signal-asked-twice = We asked the same thing twice.
desk-signal-unreadable = We did not understand two answers in a row.
desk-signal-dropped-call = The call dropped in the middle.
desk-signal-silence = Silent after we kept them waiting.

# Where a case stands
desk-status-open = In progress
desk-status-parked = Waiting for the customer
desk-status-with-a-person = Waiting for us
desk-status-stuck = Stuck
desk-status-uncertain = Being checked
desk-status-finished = Done
desk-status-cancelled = Cancelled
desk-status-expired = Closed

# Who has it
desk-take = Take over
desk-take-from = Take it from { $name }
desk-take-first = Take the case over to fill this in.
desk-mine = You have this case
desk-release = Let go
desk-send-next = send the next question to the customer
desk-claimed = { $name } has had this case since { $since }. What you sent was not taken.
desk-has-it = { $name } has had this case since { $since }.
desk-not-yours = This case is not in your hands any more, so nothing was changed. Take it over to go on.

# The case
desk-say = Say
desk-next = Asked next
desk-who = Who it is
desk-name = Name
desk-phone = Phone
desk-email = Email
desk-language = Language
desk-answers = Already answered
desk-answers-none = Nothing yet.
desk-unasked = Not asked again: we knew it { $how }.
desk-assurance-agent = on our word
desk-assurance-claimed = not confirmed
desk-assurance-possession = confirmed by phone or link
desk-assurance-verified = identity checked
desk-correct = Correct
desk-correct-of = Correct { $label }
desk-correct-send = Take it back and ask again
desk-correction-remark = Correction of { $label }: { $reason }
desk-reason = Why is it corrected?
desk-reason-needed = Nothing was changed: a correction needs a reason.
desk-story = Everything so far
desk-files = Files
desk-closed = This case is closed.
desk-promised = Was promised a call, { $ago } ago.
desk-called = I have called
desk-note = A note for colleagues
desk-note-send = Keep the note
desk-note-empty = The note was empty.

# Things to do
desk-do = More to do
desk-do-reveal = Show in full
desk-do-call = Call with Segue
desk-do-call-back = Promise a call
desk-do-code = Code to read out
desk-do-link = Text a link
desk-code-is = Read this out. It opens the case once, for 15 minutes:
desk-told-sent = Sent to the customer.
desk-told-not-sent = You let go. The question could not be sent now; the customer can go on at any time.
desk-told-calling = Segue is calling the customer.
desk-told-promised = Promised. It is in the queue until somebody calls.
desk-told-noted = The note is kept.
desk-told-released = You let go of the case.
desk-told-called = The promise is off the list.
desk-told-nowhere = We have no number for that.
because-card-elsewhere = A new card can't be typed in here. Text the customer a link: they add it themselves on our secure page.

# Keys
desk-keys = Keys
desk-keys-on = Keys are on
desk-close = Close
desk-key-slash = search
desk-key-q = the queue
desk-key-j = next in the list
desk-key-k = the one before
desk-key-enter = open it
desk-key-t = take over
desk-key-l = let go
desk-key-a = to the question
desk-key-n = write a note
desk-key-c = call with Segue
desk-key-b = promise a call
desk-key-p = code to read out
desk-key-s = text a link
desk-key-r = show addresses
desk-key-question = this overview
desk-key-escape = leave a field
