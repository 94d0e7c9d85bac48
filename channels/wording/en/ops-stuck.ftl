# Stuck cases and their repair: what the customer is told, what their story says, and the pages of ops.

told-ended = We could not finish { $moment } and have closed it. What was already done stands. You can begin again whenever you like.
timeline-retried = { $name ->
    [none] Operations had it tried again. Why: { $note }
   *[other] { $name } of operations had it tried again. Why: { $note }
    }
timeline-supplied = { $name ->
    [none] Operations skipped step "{ $step }" with a result of their own. Why: { $note }
   *[other] { $name } of operations skipped step "{ $step }" with a result of their own. Why: { $note }
    }
timeline-reset = { $name ->
    [none] Operations put the case back to an earlier point ({ $place }). Why: { $note }
   *[other] { $name } of operations put the case back to an earlier point ({ $place }). Why: { $note }
    }
timeline-ended = { $name ->
    [none] Operations ended the case. What was done stands. Why: { $note }
   *[other] { $name } of operations ended the case. What was done stands. Why: { $note }
    }

ops-stuck-lead = Cases that can't go on by themselves, and those that take longer than 99 of 100 did at the same step. Longest first.
ops-stuck-none = Nothing is stuck.
ops-stuck-count = { $count ->
    [one] 1 case
   *[other] { $count } cases
    }
ops-stuck-all = All
ops-stuck-case = Case
ops-stuck-why = Why
ops-stuck-since = Since
ops-stuck-heard = What the customer last heard
ops-stuck-heard-none = Nothing yet
ops-stuck-do = Repair
ops-stuck-away = Not looked up: Temporal does not answer. What is listed is from the journal.
ops-stuck-choose = Choose { $case }
ops-stuck-choose-all = Choose all that are listed
ops-stuck-at = At { $key }
ops-stuck-usual = usually within { $usual }
ops-stuck-attempts = { $count ->
    [one] 1 try
   *[other] { $count } tries
    }

ops-stuck-kind-bug = Script broke off
ops-stuck-kind-away = Company did not answer
ops-stuck-kind-uncertain = Unknown whether it happened
ops-stuck-kind-retrying = Tried again and again
ops-stuck-kind-task-failing = Code and history part
ops-stuck-kind-slow = Slower than usual
ops-stuck-kind-message = Message in doubt
ops-stuck-means-bug = The script raised { $error } at { $where }. Fix and deploy it, then try again: the case goes on where it was.
ops-stuck-means-away = A look-up did not answer within its time. When the company is back, try again, or skip the step with what it should have said.
ops-stuck-means-uncertain = The step may or may not have taken effect. Segue tries again every 15 minutes under the same key, so nothing happens twice. If it stays: look in the company's books, then skip with the result found there.
ops-stuck-means-retrying = The step fails with { $error } and is tried again. Try now once its cause is gone, or skip it.
ops-stuck-means-task-failing = A worker can't play this history: the deployed code does not fit it. Travel shows where they part. Deploy what fits, or reset to the last good point.
ops-stuck-means-slow = Nothing is broken: nobody has answered. Look who has the turn before you do anything.
ops-stuck-means-message = A provider did not confirm a message. It is looked up, and never sent twice.

ops-repair = Repair
ops-repair-jobs = Repairs
ops-repair-jobs-none = No repair yet.
ops-repair-action = What to do
ops-repair-retry = Try again now
ops-repair-retry-lead = Has the step tried, or the script played on, at once.
ops-repair-skip = Skip a step with a value
ops-repair-skip-lead = The step counts as done with this result. It has to fit the step's type; the case checks it.
ops-repair-reset = Put back to a point
ops-repair-reset-lead = What was answered after it is asked again. What was told is not told again. Not possible behind a step that took effect.
ops-repair-terminate = End it
ops-repair-terminate-lead = The workflow stops where it is. What was done stands. The customer can begin again.
ops-repair-key = Step
ops-repair-value = Its result, as JSON
ops-repair-value-wrong = This is not JSON. Text goes in double quotes.
ops-repair-shape = What this step brings. Put the real value in place of each word.
ops-repair-place = Point
ops-repair-place-last = The last good one
ops-repair-word = Tell the customer
ops-repair-why = Why
ops-repair-why-hint = Kept for good, with your name. At least 5 characters.
ops-repair-why-short = Say why, in at least 5 characters.
ops-repair-none = Choose at least one case.
ops-repair-many = At most { $count } cases at once.
ops-repair-rate = Cases a minute
ops-repair-try = Show what it would do
ops-repair-go = Do it
ops-repair-go-count = { $count ->
    [one] Do it to 1 case
   *[other] Do it to { $count } cases
    }
ops-repair-dry = What it would do
ops-repair-dry-lead = Nothing has been changed yet. { $count ->
    [0] None of these cases can be repaired like this.
    [one] 1 case would be repaired.
   *[other] { $count } cases would be repaired.
    } { $not ->
    [0] { "" }
    [one] 1 would be left alone.
   *[other] { $not } would be left alone.
    }
ops-repair-stop = Stop
ops-repair-go-on = Go on
ops-repair-back = Back
ops-repair-of = { $done } of { $total }
ops-repair-trouble = { $count } not repaired
ops-repair-idle = Nobody does it any more: the server that did has gone. Go on, or leave it.
ops-repair-by = { $name }, { $at }
ops-repair-open = Repair this case
ops-repair-who = Who
ops-repair-how = How far
ops-repair-result = Result
ops-job-running = Running
ops-job-stopping = Stopping
ops-job-stopped = Stopped
ops-job-done = Done
ops-outcome-waiting = Waits
ops-outcome-would = Would do
ops-outcome-done = Done
ops-outcome-refused = Left alone
ops-outcome-failed = Failed
ops-repaired-ok = { $about ->
    [none] It can be done.
   *[other] It can be done: { $about }
    }
ops-repaired-closed = The case is closed already.
ops-repaired-gone = There is no such case, or nothing runs for it.
ops-repaired-joined = It goes on in another case; repair that one.
ops-repaired-not-broken = Nothing is broken, and no step waits for another try.
ops-repaired-no-such-step = The case is at no step of that name.
ops-repaired-step-done = That step is done already.
ops-repaired-value = The value does not fit what the step brings.
ops-repaired-effects = Behind that point a step took effect, which forgetting does not undo.
ops-repaired-effect-uncertain = A step may have taken effect. Settle that first: try again, or skip it.
ops-repaired-no-point = There is no point like that at which the case was at rest and well.
ops-repaired-moved-on = The case went on meanwhile. Look again, then try again.
ops-repaired-no-answer = The case did not answer: its workflow task fails, or no worker of its build is left. A reset puts it on the current build.
ops-repaired-went-on = It goes on.
ops-repaired-working = It is at work on it. Look at Stuck again in a minute.
ops-repaired-still-broken = Tried, and it broke again.
ops-repaired-hurried = The step is being tried now.
ops-repaired-skipped = Skipped: { $about }
ops-repaired-reset = Put back to { $about }
ops-repaired-ended = Ended. Word to the customer: { $about }
ops-repaired-error = It failed with { $about }.
ops-repaired-other = { $about }
