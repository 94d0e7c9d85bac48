# What only mails say. Questions, notices and reasons are those of every channel; their .email attribute goes first.

email-hello = Hello,
email-echo = We have noted: { $answer }.
email-tap = Answer with one tap:
email-how = Or just reply to this mail, above the older text: a number from the list is enough.
email-how-words = To answer, just reply to this mail, above the older text.
email-known = We have { $answer } on file. To keep it, just reply YES.
email-skip = You can leave this out: just reply SKIP.
email-link = Go on here: { $link }
email-link-button = Go on here
email-subject = { $title }
email-subject-none = Your message to us
email-foot = This mail is about one thing only: { $moment }. You can also go on by phone, by text or on the web, exactly where you are now.
email-foot-stop = To get no more mail from us, reply STOP.
email-stopped = You will get no more mail from us. Reply START to get it again.
email-started = Welcome back! You will get our mail again.
email-help = You can answer in your own words, reply with a number, or write CALL ME for a call, PERSON to reach our team, CHANGE to change an answer, STOP for no more mail.
email-unproved = We got your message, but your mail provider could not confirm that it comes from you, so we have not acted on it. Please use the link in our last mail, text us, or call us.
email-kept = We got your message and can't answer it right now. It is not lost: we will answer soon.
email-file-type = We could not take one of your files: we take pictures and PDF.
email-file-too-big = We could not take one of your files: a file may have up to 10 MB.

# The page behind a one-tap answer
page-tap-title = Your answer
page-tap-question = { $question }
page-tap-check = Your answer: { $answer }
page-tap-send = Send this answer
page-tap-note = Nothing has been sent yet. Opening this page changes nothing.
page-tap-stale-title = This answer is no longer needed
page-tap-answered = That question was already answered, or has changed since we wrote to you.
page-tap-closed = This has been settled since we wrote to you. There is nothing left to answer.
page-tap-wrong = This link is not complete or is too old. Please open it from our latest mail.
page-tap-again = Mail me the current question
page-tap-sent = We have mailed you the current question, if there is one.
