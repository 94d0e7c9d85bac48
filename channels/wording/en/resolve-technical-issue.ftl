# Resolving a technical problem. Facts: an outage (area, since, expected), check (an id), what a test found (result),
# a visit (reference, slot).

resolve-technical-issue = solving your technical problem
    .title = Solve a technical problem

resolve-technical-issue-symptom = What is not working, and since when?
    .again = In a few words: what is not working?
    .label = problem

# An outage of the whole area
resolve-technical-issue-told-outage = { $expected ->
    [none] There is an outage in { $area } right now, very likely the cause. Our people are working on it.
   *[other] There is an outage in { $area } right now, very likely the cause. It should be over by { $expected }.
    }
resolve-technical-issue-told-outage-ended = The outage in { $area } is over.
resolve-technical-issue-told-outage-lasts = Sorry: there is still no news about the outage in { $area }.
resolve-technical-issue-restored = Is everything working again for you?
    .label = state after the outage

# Things to check, one after the other. No .again: what to do has to be in the question.
resolve-technical-issue-check-helped = { $check ->
    [restart] Please switch your device (at home: the router) off, wait ten seconds and switch it on. Does it work now?
    [cables] Please unplug every cable of your router and plug it in again, firmly. Does it work now?
    [closer] Please move closer to your router, or to a window, and try again. Is it better there?
    [airplane] Please switch airplane mode on, wait ten seconds, and switch it off again. Does it work now?
   *[other] Please try again now. Does it work?
    }
    .label = result of the check
resolve-technical-issue-told-check-testing = We are testing your connection; no need to wait.
resolve-technical-issue-told-check-tested = { $result ->
    [mended] We found a fault on our side and have mended it.
    [fault] We found a fault that needs a technician.
   *[clear] Our test found nothing wrong.
    }
resolve-technical-issue-told-check-good = Good to hear! We will ask you tomorrow whether it is still fine.
resolve-technical-issue-check-lasting = It was working again. Is it still fine?
    .again = Is it still working?
    .label = state a day later
resolve-technical-issue-told-check-reopened = We are sorry to hear that. Let us go on where we were.

# A technician's visit
resolve-technical-issue-visit-slot = A technician should come and have a look. Which time suits you?
    .again = Which time should the technician come?
    .phone = When should a technician come?
    .label = technician's visit
resolve-technical-issue-told-visit-booked = A technician will come on { $slot }. Your reference is { $reference }.
    .phone = A technician will come on { $slot }. Your reference is { SPELL($reference) }.
resolve-technical-issue-visit-lasting = Is everything really working since our technician's visit?
    .again = Is it really fixed?
    .label = state after the visit
resolve-technical-issue-told-visit-reopened = We are sorry to hear that. Your ticket is open again.

resolve-technical-issue-told-solved = Thank you, then this is solved. We are sorry for the trouble.

step-network-outage = looked for an outage in the area
step-network-symptom-in = looked whether the first words say what is wrong
step-network-diagnose = found out what to check
step-network-run-test = tested the connection
step-network-open-ticket = opened a ticket
step-network-withdraw-ticket = withdrew the ticket
step-network-close-ticket = closed the ticket
step-network-visit-times = looked up when a technician can come
step-network-book-visit = booked a technician's visit
step-network-cancel-visit = cancelled the technician's visit
step-network-end-visit = noted that the visit is over
