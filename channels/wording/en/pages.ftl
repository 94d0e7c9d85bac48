# What stands around the questions on pages, and the few sentences the door says by itself.

# By phone and text
page-you-were = Welcome back. You were { $doing }.
page-withheld = Sorry, we can't see your number, so we can't keep your place. Please call again with your number shown. Goodbye.
page-only-text = We can only read words here, not pictures or recordings. What would you like to tell us?
page-text-kept = We have your message. We can't answer right away, but you will hear from us here soon. There is no need to send it again.
page-code-text = Your Segue code is { $code }. It works once, for 10 minutes. We will never call to ask for it.

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
page-moment-lead = Takes about a minute

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
page-resume-list = Waiting for you
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
page-error-too-often = That was too often for now. Please wait a few minutes and try again.
page-error-not-confirmed = We could not reach our own systems in time. Nothing is lost: please try again in a moment.
page-error-fault = Something broke on our side. Please try again in a moment.

# The API's page
page-docs-title = Segue API

# The demonstration
page-stage-title = One customer, every channel
page-stage-lead = Text, call or click. Start anywhere and go on anywhere: the case keeps up.
page-stage-number = Customer's number
page-stage-use = Use this number
page-stage-phone = Phone
page-stage-texts = Messages
page-stage-no-texts = No messages yet. Try: “pay my bill”.
page-stage-compose = Text message
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
page-stage-timeline = What happened
page-stage-timeline-lead = Every step in plain words, whichever way it came in.
page-stage-nothing = Nothing yet. Send a text, place a call or open the page.
page-stage-away = The phone network is not answering. Is the carrier running?
page-stage-you = You
page-stage-them = Segue

# Staff
page-codec-title = Read cases in Temporal
page-codec-lead = Histories are sealed with each customer's own key. With the staff token, Temporal's own pages in this browser can open them.
page-codec-token = Staff token
page-codec-send = Unlock
page-codec-wrong = That token is not right.
page-codec-done = Temporal's pages in this browser can read cases for eight hours. There, open the glasses icon at the top, choose your browser setting, paste { $endpoint } and switch on "Include cross-origin credentials".
