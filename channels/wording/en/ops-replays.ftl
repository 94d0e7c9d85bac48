# Replays: would the code here do to the cases there are what was done?

ops-replays = Replays
ops-replays-lead = Would the code that runs here do to these cases what was done? Nothing is changed by looking.
ops-replays-which = Cases
ops-replays-open = Open ones
ops-replays-all = All the server still has
ops-replays-query = Or a query of Temporal's
ops-replays-start = Replay
ops-replays-stop = Stop
ops-replays-going = Replaying
ops-replays-done = { $done } of { $total } histories.
ops-replays-good = All fine.
ops-replays-wrong = { $count ->
    [one] One is not fine.
   *[other] { $count } are not fine.
    }
ops-replays-last = Started by { $name }, ended { $at }
ops-replays-failed = It could not go on.
ops-replays-stopped = Stopped before the end: this is what was found until then.
ops-replays-quiet = quietly: Temporal sees no difference
ops-replays-cases = { $count ->
    [one] one case
   *[other] { $count } cases
    }
ops-replays-moment = Moment
ops-replays-step = Stands at
ops-replays-result-fine = Fine
ops-replays-result-parted = Parted
ops-replays-result-undecodable = Undecodable
ops-replays-result-empty = Not begun
ops-replays-result-broken = Broken
