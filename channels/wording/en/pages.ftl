# What stands around the questions on pages, and the few sentences the door says by itself.

# By phone and text
page-you-were = Welcome back. You were { $doing }.
page-withheld = Sorry, we can't see your number, so we can't keep your place. Please call again with your number shown. Goodbye.
page-only-text = We can only read words here, not pictures or recordings. What would you like to tell us?
page-text-kept = We have your message. We can't answer right away, but you will hear from us here soon. There is no need to send it again.
page-code-text = Your Segue code is { $code }. It works once, for 10 minutes. We will never call to ask for it.
page-code-subject = Your code

# Start
page-brand = Segue
page-skip = Skip to the content
page-start-title = How can we help?
page-start-lead = Start here, go on by phone or text, and come back any time. You are never asked the same thing twice.
page-start-open = Under way
page-start-moments = Start something
page-start-phone = Rather talk or text?
page-start-phone-lead = Call or text { $number }. Everything you do here is there, too.
page-start-resume = Go on with something
page-start-resume-lead = Pick up where you left off, on any channel.
page-go-on = Continue
page-go-on-since = Last touched on { $day }
page-moment-lead = Takes about a minute
page-moment-lead-pay-bill = All of it or a part, now or on a later day
page-moment-lead-upgrade-device = A new phone, with trade-in, delivered or picked up
page-moment-lead-change-plan = See what fits your real usage, and when it starts
page-moment-lead-resolve-technical-issue = No signal, slow data, calls that drop: let's find out why
page-moment-lead-resolve-billing-issue = A charge you don't recognize, explained or put right
page-moment-lead-welcome = Your first days with us, one small step at a time
page-sign-in = Sign in
page-language = Language
page-language-own = English

# The account
page-account-title = Your account
page-account-open = Pick up where you left off
page-account-lead = Everything is just as you left it, whichever way you go on.
page-account-closed = Done before
page-account-closed-none = What you have finished will be listed here.
page-account-reach = How should we reach you?
page-account-reach-lead = For news and reminders. When you write to us, we answer where you wrote.
page-account-save = Save
page-account-saved = Saved. That is how we will reach you.
page-account-addresses = What we have on file
page-way-sms = By text
page-way-whatsapp = By WhatsApp
page-way-email = By email
page-way-phone = By phone call

# A code that is typed
page-code-typed-title = Have a code?
page-code-typed-lead = Eight characters that we told you, texted you or printed for you.
page-code-typed-label = Your code
page-code-typed-wrong = That code opens nothing. Please check it; each one works once and only for a while.

# Signing in
page-sign-in-title = Let's make sure it's you
page-resume-title = Pick up where you left off
page-number-label = Your mobile number
page-number-hint = We text you a code. Standard message rates apply.
page-number-unread = That does not look like a phone number. Please give it with its area code.
page-number-send = Text me a code
page-too-often = That was too often for now. Please wait a few minutes and try again.
page-code-title = Enter your code
page-code-lead = If { $number } can receive texts, a 6-digit code is on its way. It works once, for 10 minutes.
page-code-label = 6-digit code
page-code-check = Continue
page-code-wrong = That code is not right. Please check it and try again.
page-code-over = That code is no longer valid. Please ask for a new one.
page-code-other = Use another number or get a new code
page-ready-title = You are signed in on this browser
page-ready-start = Start now
page-sign-out = Sign out
page-resume-none = Nothing is waiting for you
page-resume-none-lead = When you start something, you can come back to it here.
page-left-title = Your place is kept
page-left-lead = Come back here, or go on by phone or text, whenever it suits you.

# A link
page-pass-title = Welcome back
page-pass-lead = Go on where you left off: { $moment }.
page-pass-note = This link works once, and only for you. Please do not forward it.
page-stale-title = That link is no longer valid
page-stale-lead = Each link works once and only for a while, so that nobody else can use it. We can text a new one to the number we have on file.
page-stale-send = Text me a new link
page-stale-sent = If we know where to reach you, a new link is on its way.
page-stale-resume = Use my phone number instead
page-link-text = Here is your new link: { $link } It works once.

# A case
page-steps = Your answers
page-steps-none = Your answers will be listed here, whichever way you give them.
page-change = Change
page-change-of = Change { $label }
page-now = Up next
page-send = Continue
page-or = or another amount
page-optional = optional
page-no-thanks = No thanks
page-known = We have { $value }. Is that still right?
page-known-yes = Yes, that's right
page-known-or = or give another
page-file-choose = Choose a photo or PDF
page-file-drop = or drop it here
page-file-hint = JPEG, PNG, GIF, WebP, HEIC or PDF, up to 10 MB. Only we can open it.
page-file-send = Send it
page-elsewhere-sms = This can't be given here. Text { $number }, and we carry on right at this question.
page-elsewhere-phone = This can't be given here. Call { $number }, and we carry on right at this question.
page-elsewhere-web = This can't be given here. Open the case in a browser, and we carry on right at this question.
page-elsewhere-store = This can't be given here. Come to a store, and we carry on right at this question.
page-elsewhere-whatsapp = This can't be given here. Write to us on WhatsApp, and we carry on right at this question.
page-elsewhere-email = This can't be given here. Write us an email, and we carry on right at this question.
page-elsewhere-desk = This can't be given here. Call { $number }, and one of us carries on with you right at this question.
page-check = Please check
page-save = Save and finish later
page-call-off = Cancel this
page-call-off-sure = Cancel it all? What you have answered so far will not be used.
page-call-off-yes = Yes, cancel
page-refresh = Look again
page-news = Good to know
page-anywhere-title = Go on anywhere
page-anywhere = Call or text { $number } and we carry on right here. Nothing is asked twice.
page-secure = Card numbers are never kept here.
page-receipt = Receipt
page-receipt-reference = Reference
page-receipt-method = Paid with
page-receipt-on = Payment day
page-receipt-at = Received
page-receipt-left = Still to pay
page-back-start = Back to the start
page-lost-live = Live updates are paused. Trying again.

# The processor's page
page-card-brand = PretendPay
page-card-title = Add a card
page-card-lead = You are on the payment processor's page. The card number stays here: Segue gets only a token and the last four digits.
page-card-number = Card number
page-card-expiry = Expiry
page-card-expiry-hint = MM/YY
page-card-save = Save card
page-card-back = Back without a card
page-card-trial = For trying out: 4242 4242 4242 4242 works, numbers that end in 0002 are declined.

# When something goes wrong
page-error-title = This did not work
page-error-unknown = There is nothing here, or it is not yours to see.
page-error-forbidden = This page was open too long, or was opened in another window. Please go back, reload it and try again.
page-error-not-your-role = Your role does not open this page. Ask an admin if it should.
page-error-too-often = That was too often for now. Please wait a few minutes and try again.
page-error-not-confirmed = We could not reach our own systems in time. Nothing is lost: please try again in a moment.
page-error-fault = Something broke on our side. Please try again in a moment.

# The API's page
page-docs-title = Segue API

# The demonstration
page-stage-title = One customer, every channel
page-stage-lead = Text, call, write or click. Start anywhere and go on anywhere: the case keeps up.
page-stage-number = Customer's number
page-stage-use = Use this number
page-stage-new = New customer
page-stage-devices = Show one device
page-stage-phone = Phone
page-stage-threads = Which messages
page-stage-texts = Messages
page-stage-whatsapp = WhatsApp
page-stage-no-texts = No messages yet. Try: “pay my bill”.
page-stage-compose = Text message
page-stage-attach = Attach a photo
page-stage-send = Send
page-stage-call = Call { $number }
page-stage-in-call = On the line
page-stage-ringing = Incoming call
page-stage-answer = Answer
page-stage-decline = Decline
page-stage-say = What you say
page-stage-speak = Say it
page-stage-quiet = Say nothing
page-stage-hang-up = Hang up
page-stage-keypad = Keypad
page-stage-key = Press { $key }
page-stage-browser = Browser
page-stage-address = Address
page-stage-go = Go
page-stage-home = Home
page-stage-frame = The customer's page
page-stage-tablet = Store tablet
page-stage-store = Store
page-stage-mail = Mailbox
page-stage-inbox = Inbox
page-stage-mail-back = Back to the inbox
page-stage-mail-new = Write
page-stage-mail-subject = Subject
page-stage-mail-write = Your message
page-stage-mail-body = What the mail says
page-stage-no-subject = (no subject)
page-stage-no-mails = No mail yet. Write one, as you would to any company.
page-stage-timeline = What the agent sees
page-stage-timeline-short = Story
page-stage-timeline-lead = Every step in plain words, whichever way it came in.
page-stage-nothing = Nothing yet. Send a text, place a call or open the page.
page-stage-life = What goes wrong in life
page-stage-life-lead = Each of these happens to real customers. Nothing is asked twice afterwards.
page-stage-drop = Drop the call
page-stage-drop-done = The line went dead. Call again, or look at your messages.
page-stage-lose = Lose the next text
page-stage-lose-done = The next text to this phone will not arrive.
page-stage-twice = Deliver twice
page-stage-twice-on = From now on everything you send arrives twice.
page-stage-twice-off = Everything arrives once again.
page-stage-old-mail = Answer an old mail
page-stage-company = In the company
page-stage-happen-outage = An outage begins here
page-stage-happen-outage-over = The outage is over
page-stage-happen-parcel = The shop sends the order, or has it ready
page-stage-happen-visit-over = The technician is done
page-stage-happen-dispute-granted = The dispute is granted
page-stage-happen-dispute-refused = The dispute is refused
page-stage-happen-fault-again = The fault is back
page-stage-happen-joined-before = They joined a month ago
page-stage-happened = That happened. See what the customer hears of it.
page-stage-away = The phone network is not answering. Is the carrier running?
page-stage-you = You
page-stage-them = Segue

# The demonstration: three steps to try, for each moment
page-stage-try = Try this
page-stage-on-sms = Text:
page-stage-on-whatsapp = WhatsApp:
page-stage-on-phone = Call:
page-stage-on-email = Email:
page-stage-on-web = Browser:
page-stage-on-store = Store:
page-stage-put-sms = Type it for me
page-stage-put-whatsapp = Type it for me
page-stage-put-phone = Place the call
page-stage-put-email = Write it for me
page-stage-put-web = Open the page
page-stage-put-store = Go to the counter
page-stage-try-pay-bill-1 = say that you want to pay your bill.
page-stage-try-pay-bill-1-say = I want to pay my bill
page-stage-try-pay-bill-2 = it asks how much. Say an amount, then drop the call.
page-stage-try-pay-bill-2-say = forty dollars
page-stage-try-pay-bill-3 = give your number, read out the code you are texted, and pay at the terminal.
page-stage-try-upgrade-device-1 = ask for a new phone and tap what you like.
page-stage-try-upgrade-device-1-say = I'd like a new phone
page-stage-try-upgrade-device-2 = go on by voice from the very same question. Say which one, and drop the call whenever you like.
page-stage-try-upgrade-device-2-say = the first one
page-stage-try-upgrade-device-3 = answer the rest at the counter, let them check your ID, and order. Then the shop sends it.
page-stage-try-change-plan-1 = sign in with the code you are texted, and start to change your plan.
page-stage-try-change-plan-2 = say when it starts: it asks just that, as the page did.
page-stage-try-change-plan-2-say = next Monday
page-stage-try-change-plan-3 = confirm by mail, in your own words.
page-stage-try-change-plan-3-say = Hello, I was changing my plan. Please go on.
page-stage-try-resolve-technical-issue-1 = say that something does not work. It asks what: hang up.
page-stage-try-resolve-technical-issue-1-say = something does not work
page-stage-try-resolve-technical-issue-2 = write what it is, in your own words, and go on with the checks.
page-stage-try-resolve-technical-issue-2-say = my mobile data is very slow since this morning
page-stage-try-resolve-technical-issue-3 = say what helped, or pick a time for the technician. Then let life happen.
page-stage-try-resolve-billing-issue-1 = write about a charge that you don't know.
page-stage-try-resolve-billing-issue-1-say = There is a charge on my bill that I don't recognize.
page-stage-try-resolve-billing-issue-2 = pick the roaming pass, dispute it, and add a photo as evidence.
page-stage-try-resolve-billing-issue-3 = confirm, and let the company decide.
page-stage-try-resolve-billing-issue-3-say = yes
page-stage-try-welcome-1 = let them have joined a month ago, then say hello.
page-stage-try-welcome-1-say = I just joined, what now?
page-stage-try-welcome-2 = say how you would like to be reached.
page-stage-try-welcome-2-say = WhatsApp
page-stage-try-welcome-3 = answer the rest in your account, to the last star.

# Staff
