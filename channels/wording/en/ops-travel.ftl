# Travel: a case at any point of its history, for whoever looks after it.
# at, place: a point, "1.35" is run 1, event 35 · event: an event's number

ops-travel = Travel
ops-travel-lead = See a case as it was after any event of its history.
ops-travel-case = Case
ops-travel-case-hint = moment/customer/number, as in its address and its link
ops-travel-go = Travel there
ops-travel-upload = Or open an exported history
ops-travel-upload-lead = JSON from Temporal's pages or from `temporal workflow show --output json`. One run; the command takes all runs of a case: segue ops travel CASE --file. It is read here and kept for two minutes.
ops-travel-files = History file
ops-travel-open = Open
ops-travel-unknown = There is no history of that case: check the id, or it may have been removed after its retention.
ops-travel-not-history = That is no exported history of one case.
ops-travel-large = That is more than can be taken here. Use the command: segue ops travel --file
ops-travel-gone = That upload is not here any more. Open the file again.

ops-travel-point = Point { $number } of { $count }
ops-travel-runs = { $count ->
    [one] one run
   *[other] { $count } runs
    }
ops-travel-events = { $count ->
    [one] one event
   *[other] { $count } events
    }
ops-travel-taken = As of { $at }
ops-travel-again = Look again
ops-travel-missing = Its first runs are no longer on the server: this is what is left.
ops-travel-first = First
ops-travel-back = Back
ops-travel-next = Next
ops-travel-last = Last
ops-travel-trouble-next = Next trouble
ops-travel-keys = Keys: left and right step, Home and End go to the ends, T to the next trouble, M marks a point to compare with.
ops-travel-slider = Point of the history
ops-travel-jump = Go to event
ops-travel-points = All points
ops-travel-run = Run { $run }
ops-travel-event = event { $event }

ops-travel-fine = The code here does exactly what was done.
ops-travel-parted = At event { $event } the history and the code here part.
ops-travel-parted-quietly = At event { $event } the code here answers otherwise than was answered then. Temporal sees no difference; the customer would.
ops-travel-expected = The history has
ops-travel-got = The code does
ops-travel-line = The script stands at
ops-travel-last-good = Last good point
ops-travel-parted-before = That was in an earlier run. The case goes on in a newer one: the last point shows where it stands.
ops-travel-to-parting = Where they part
ops-travel-undecodable = Nothing of this case can be read: its key is gone, or belongs to another place. These are its bare events.
ops-travel-broken = The code here could not play this case to its end ({ $error }). What could be seen until then is shown.
ops-travel-no-moment = The code here has no such moment. These are its bare events.
ops-travel-empty = Nothing has run in this case yet.
ops-travel-standing-apart = Here they part: this is what the code does, not what the customer saw.
ops-travel-standing-beyond = Behind the parting: only the events are known.
ops-travel-standing-sealed = Only the events can be read here.

ops-travel-trouble-apart = parts here
ops-travel-trouble-failed = failed
ops-travel-trouble-stuck = stuck
ops-travel-trouble-uncertain = uncertain

ops-travel-asks = What it asked
ops-travel-asks-nothing = It asked nothing here.
ops-travel-waits = It waits for
ops-travel-revision = revision { $revision }
ops-travel-as-seen = As the customer had it ({ $channel })
ops-travel-knows = What it knew
ops-travel-knows-nothing = Nothing yet.
ops-travel-told = What the customer had been told
ops-travel-told-nothing = Nothing yet.
ops-travel-told-new = new here
ops-travel-told-later = not sent yet
ops-travel-happened = What happened here
ops-travel-happened-nothing = Nothing for the story.
ops-travel-raw = Events
ops-travel-script = Script
ops-travel-payloads = Show what the events hold
ops-travel-payloads-lead = What the events hold, opened. That you looked is noted.
ops-travel-payloads-shut = can't be opened
ops-travel-agreed = agreed
ops-travel-time-passed = the time had passed

ops-travel-kind-answer = answer
ops-travel-kind-step = step
ops-travel-kind-undone = taken back
ops-travel-kind-confirm = agreed
ops-travel-kind-event = news
ops-travel-kind-date = date

ops-travel-compare = Compare
ops-travel-compare-from = Compare with
ops-travel-compare-mark = Mark this point
ops-travel-compared = From { $first } to { $second }
ops-travel-compared-nothing = Nothing differs.
ops-travel-compare-end = Stop comparing
ops-travel-was = Was
ops-travel-now = Is
ops-travel-change-status = Status
ops-travel-change-line = Script line
ops-travel-change-asked = Asks
ops-travel-change-answer = Answer
ops-travel-change-step = Step
ops-travel-change-told = Told
ops-travel-change-waits = Waits for
ops-travel-change-held = Noted
