# Deploys: builds side by side, and what an upgrade-check foresaw.

ops-deploys-builds = Builds side by side
ops-deploys-running = { $count ->
    [one] one open case
   *[other] { $count } open cases
}
ops-deploys-away = Temporal does not answer, so the builds can't be shown now.
ops-deploys-none = Temporal knows no build yet. Start a worker with --current.
ops-deploys-build = Build
ops-deploys-status = Status
ops-deploys-status-created = created
ops-deploys-status-unspecified = unknown
ops-deploys-status-inactive = not in use
ops-deploys-status-current = current
ops-deploys-status-ramping = ramping up
ops-deploys-status-draining = draining
ops-deploys-status-drained = drained
ops-deploys-cases = Open cases
ops-deploys-since = Since
ops-deploys-next = What to do
ops-deploys-next-current = New cases start here, open ones move here.
ops-deploys-next-keep = Keep its workers: cases still stand on it.
ops-deploys-next-stop = No case needs it: its workers may stop.
ops-deploys-check = What the next build would do
ops-deploys-check-none = Nothing was foreseen yet. With the new code, before it is deployed, run
ops-deploys-verdict = { $hurt ->
    [0] None of { $cases } open cases would be hurt.
    [one] One of { $cases } open cases would be hurt.
   *[other] { $hurt } of { $cases } open cases would be hurt.
}
ops-deploys-all = Show all
ops-deploys-steps = By moment and step
ops-deploys-moment = Moment
ops-deploys-outcome = What becomes of them
ops-deploys-case = Case
ops-deploys-stands = Stands at
ops-deploys-asks = Would ask
ops-deploys-why = Why it is listed
ops-deploys-stays = under way: stays for now
ops-deploys-clean = All of them go on where they stand.
ops-deploys-more = { $count ->
    [one] One more is not shown; --json lists it.
   *[other] { $count } more are not shown; --json lists them all.
}
ops-deploys-earlier = Looked at lately

ops-deploys-kind-effect-again = done twice
ops-deploys-kind-effect-undone = taken back
ops-deploys-kind-acts = done unasked
ops-deploys-kind-stuck = stuck
ops-deploys-kind-sealed-differs = changed after the fact
ops-deploys-kind-undecodable = unreadable
ops-deploys-kind-moment-unknown = no such moment
ops-deploys-kind-answer-unfit = answer no longer fits
ops-deploys-kind-key-vanished = question gone
ops-deploys-kind-asks-again = asked again
ops-deploys-kind-asks-new = new question
ops-deploys-kind-reads-anew = reads first
ops-deploys-kind-replay-parted = can't be replayed
ops-deploys-kind-moves-cleanly = moves cleanly

ops-deploys-says-effect-again = { $step } was done and would be done a second time, as { $key }.
ops-deploys-says-effect-undone = { $key } was done and would be taken back.
ops-deploys-says-acts = { $step } would be done though nobody was asked.
ops-deploys-says-stuck = The script breaks off with { $error } { $where }.
ops-deploys-says-sealed-differs = { $key } is final and done, but the script now asks { $asks } before it.
ops-deploys-says-undecodable = What the case carries can't be read: { $error }.
ops-deploys-says-moment-unknown = The code has neither this moment nor an alias for it.
ops-deploys-says-answer-unfit = The answer to { $key } does not do any more, so it is asked again.
ops-deploys-says-key-vanished = { $key } was answered and is not asked any more.
ops-deploys-says-asks-again = { $key } would be asked though { $answered } was answered.
ops-deploys-says-asks-new = { $key } would be asked next.
ops-deploys-says-reads-anew = { $step } would be read first; what follows depends on it.
ops-deploys-says-replay-parted = Its history does not fit this code: keep its build until it has moved.
ops-deploys-says-moves-cleanly = It goes on where it stands.
