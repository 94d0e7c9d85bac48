# All cases, as operations look for them.

ops-cases-lead = From the journal: they stay here when Temporal has forgotten them.
ops-cases-find = Find
ops-cases-clear = Clear
ops-cases-any = Any
ops-cases-ever = Ever
ops-cases-open = All that are open
ops-cases-customer = Customer
ops-cases-customer-hint = Number, mail or id
ops-cases-id = Part of the case's id
ops-cases-moment = Moment
ops-cases-status = Status
ops-cases-step = Step
ops-cases-since = Touched since
ops-cases-since-1h = The last hour
ops-cases-since-1d = The last day
ops-cases-since-7d = The last 7 days
ops-cases-since-30d = The last 30 days
ops-cases-opened = Opened
ops-cases-touched = Last touched
ops-cases-none = No case is like that.
ops-cases-pages = Pages of cases
ops-cases-older = Older
ops-cases-newest = Newest
ops-status-open = Open
ops-status-parked = Parked
ops-status-with-a-person = With a person
ops-status-stuck = Stuck
ops-status-uncertain = Uncertain
ops-status-finished = Finished
ops-status-cancelled = Cancelled
ops-status-expired = Expired
ops-status-joined = Joined
ops-stuck-where = Line
ops-stuck-error = Error
ops-stuck-tries = Tries
ops-stuck-other = Other repairs
ops-stuck-chosen = Repair those chosen
ops-stuck-all-of-it = { $count ->
    [one] Repair this 1
   *[other] Repair all { $count }
    }
