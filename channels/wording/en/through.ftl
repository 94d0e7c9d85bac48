# A person on the phone: what the caller hears, and what one of the team hears before they are connected
through-to = I am putting you through to { $name }. One moment, please.
through-next = They can't take your call right now. I am trying { $name }. One moment, please.
through-held = Everybody is speaking with somebody right now. Stay on the line and I keep trying. Or press 1, and we call you back.
through-still-held = I am still trying. Press 1, and we call you back.
through-queued = I am looking for one of our team.
through-place = You are number { $place } in line.
through-about = It takes about { $minutes ->
    [one] one minute
   *[other] { $minutes } minutes
    }.
through-key = Press 1, and we call you back.
through-closed = Our team is here again from { $when }.
through-kept = { $name } is looking after this and will be in touch with you. Thank you for calling. Goodbye.
whisper-in = Segue. { $name } is on the line.
whisper-out = Segue. This is your call to { $name }.
whisper-somebody = A customer
whisper-answered = { $count ->
    [0] Nothing is answered yet.
    [one] One question is answered.
   *[other] { $count } questions are answered.
    }
whisper-next = Next is the { $label }.
whisper-key = Press 1 to take the call.
whisper-gone = The caller has hung up, or somebody else has taken the call. Goodbye.
whisper-not-there = The customer did not take the call. Goodbye.
