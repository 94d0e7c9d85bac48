# Pages of those who keep it running: their frame, and health at a glance.

ops-title = Ops
ops-zone = Times are those of { $zone }; those of events are in UTC.
ops-places = Pages of ops
ops-place-health = Health
ops-place-cases = Cases
ops-place-stuck = Stuck
ops-place-travel = Travel
ops-place-replays = Replays
ops-place-deploys = Deploys
ops-place-people = People
ops-place-audit = Audit

ops-verdict-good = All is well
ops-verdict-busy = Worth a look
ops-verdict-bad = Needs you now
ops-up = up
ops-away = does not answer
ops-state-good = fine
ops-state-busy = worth a look
ops-state-bad = needs you
ops-figure-temporal = Temporal
ops-figure-database = Database
ops-figure-workers = Workers seen
ops-figure-unanswered = Waits longest for us
ops-figure-stuck = Stuck cases
ops-figure-outbox = Messages not out yet

ops-pace = How fast we answer
ops-pace-lead = Last hour, as this server saw it: { $count ->
    [one] one turn
   *[other] { $count } turns
}, half within { $p50 }, 95 of 100 within { $p95 }.
ops-pace-none = No turn in the last hour on this server.
ops-pace-picture = Time from a customer's words to the reply, by minute over the last hour
ops-p50 = half are faster
ops-p95 = 95 of 100 are faster
ops-turns = turns
ops-minute = Minute
ops-minutes-ago = { $count ->
    [0] now
   *[other] { $count } min ago
}
ops-stage-received = taking it in
ops-stage-read = understanding
ops-stage-answered = the case
ops-stage-rendered = putting in words
ops-as-table = As a table

ops-waits = Who and what waits
ops-nobody-waits = nobody
ops-waiting-message = Messages not dealt with
ops-waiting-person = Cases for a person
ops-waiting-call = Promised calls
ops-waiting-cared = Sore cases in care
ops-waiting-unplaced = Mail that is nobody's
ops-outbox-pending = Messages to send
ops-outbox-sending = Being sent
ops-outbox-uncertain = Sent or not: uncertain
ops-pops = Put before an agent
ops-ringing = Callers it rings for
ops-talking = Callers with one of us

ops-flow = Cases on their way
ops-flow-lead = Touched in the last 24 hours, and all that are open. Wider is more.
ops-flow-none = No case is open, and none was touched in the last 24 hours.
ops-flow-cases = { $count ->
    [one] one case
   *[other] { $count } cases
}
ops-flow-waiting = { $count } at a question
ops-flow-person = { $count } with a person
ops-flow-stuck = { $count } stuck
ops-flow-picture = Cases of “{ $moment }” through their steps; the table below says the same
ops-here = { $count } now
ops-end-begun = Begun
ops-end-done = Done
ops-end-ended = Called off
ops-end-person = With a person
ops-end-stuck = Stuck
ops-step = Step
ops-reached = Came here
ops-now-there = Here now
ops-longest = Longest

ops-workers = Workers
ops-worker-seen = seen { $ago } ago
ops-workers-none = No worker has asked for work. Cases stand still until one is started.
ops-builds = Builds at work: { $builds }.
ops-backlog = { $count ->
    [0] No task waits for a worker.
    [one] One task waits for a worker.
   *[other] { $count } tasks wait for a worker.
}

ops-audit-last = Last done by staff
ops-audit-all = All of it
ops-audit-lead = Everything staff looked at and changed. Nobody can alter or remove any of it.
ops-audit-export = Export
ops-audit-sift = Show
ops-audit-clear = Show all
ops-audit-when = When
ops-audit-who = Who
ops-audit-what = What
ops-audit-whom = Customer or case
ops-audit-customer = Customer
ops-audit-why = Why
ops-audit-any = any reason
ops-audit-none = Nothing like that was done.
ops-audit-pages = Older and newer
ops-audit-older = Older
ops-audit-newest = Newest
ops-why-present = the customer was there
ops-why-case = a case in hand
ops-why-handed-over = handed over
ops-why-queue = waits in the queue
ops-why-break-glass = no case: a note says why

page-codec-title = Read cases in Temporal
page-codec-lead = Histories are sealed with each customer's own key. Whoever is signed in as ops or admin reads them in Temporal's own tools, and each look is kept in the audit with whose it was.
page-codec-send = Make a token
page-codec-done = Stay signed in here. In Temporal's pages, open the glasses icon at the top, choose your browser setting, paste this address and switch on "Include cross-origin credentials".
page-codec-pages = In Temporal's pages
page-codec-open = Open Temporal's pages
page-codec-no-pages = Where they are is not set: SEGUE_TEMPORAL_UI.
page-codec-line = On the command line
page-codec-line-lead = A token of your own for the temporal command. It opens no page, ends after half an hour without use, and can be ended among your sign-ins.
page-codec-once = Shown this once. Who has it reads customers' data in your name.
page-staff-way-command-line = Token for the command line
