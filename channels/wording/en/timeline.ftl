# The story of a case, one sentence per row of the journal, for anybody who has to read it.
# who: "The customer (by text)" · label, value, was: an answer · reason: a whole sentence, or none

actor-customer = The customer
actor-agent = An agent
actor-company = The company
actor-segue = Segue
who = { $actor } ({ $how })

timeline-arrived = { $who } got in touch about { $moment }.
timeline-asked = { $who } asked for the { $label }.
timeline-answered = { $who } gave the { $label }: { $value }.
timeline-corrected = { $was ->
    [none] { $who } changed the { $label } to { $value }.
   *[other] { $who } changed the { $label } from { $was } to { $value }.
    }
timeline-withdrawn = { $who } took back the { $label }.
timeline-known = The { $label } was not asked again, because it was already known: { $value }.
timeline-confirmed = { $list ->
    [none] { $who } agreed to the { $label }.
   *[other] { $who } agreed to this: { $list }.
    }
timeline-held = { $who } did not agree to the { $label }, and was asked what should change.
timeline-refused = { $reason ->
    [none] The { $label } was not accepted, so it was asked again.
   *[other] The { $label } was not accepted, so it was asked again. Reason: { $reason }
    }
timeline-did = { $refused ->
    [yes] { $reason ->
        [none] Step "{ $step }" was refused.
       *[other] Step "{ $step }" was refused. Reason: { $reason }
        }
   *[no] Step done: { $step }.
    }
timeline-undid = Step taken back: { $step }.
timeline-told = The customer was told: { $notice }
timeline-remarked = { $who } also said: "{ $text }"
timeline-remarked-put-through = Put through to { $text }.
timeline-remarked-took-call = { $text } took the call.
timeline-remarked-nobody-took = Nobody took the call; promised to call back.
timeline-remarked-called = { $text } called the customer.
timeline-waited = { $event ->
    [none] Waited for news, and went on.
   *[other] Waited for news: { $event }.
    }
timeline-left = { $who } left.
timeline-called-off = { $who } asked to call it off.
timeline-parked = Nobody has answered for a while, so the case waits for the customer to come back.
timeline-reminded = The customer was reminded.
timeline-undelivered = A message to the customer could not be delivered.
timeline-handed-over = The case was handed to a person.
timeline-with-a-person = The case is with a person.
timeline-claimed = { $who } took the case in hand.
timeline-released = { $who } let go of the case.
timeline-taken-back = { $who } took the case back.
timeline-claim-ended = Nobody of the team has the case in hand any more.
timeline-rated = { $score ->
    [none] { $who } gave a rating.
   *[other] { $who } rated us { $score } of { $of }.
    }
timeline-stuck = Segue could not go on by itself; a person has to look at the case.
timeline-uncertain = It is not certain whether a step took effect; it is being checked.
timeline-cancelled = The case was cancelled.
timeline-expired = The case was closed, because the customer did not come back.
timeline-finished = Done: { $moment }.
timeline-other = { $who }: { $what } ({ $label }).
