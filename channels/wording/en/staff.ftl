# Pages of the people who work here.

page-staff-title = Staff
page-staff-sign-in = Sign in
page-staff-sign-in-lead = For people who work here. You are signed out after half an hour without use.
page-staff-name = Sign-in name
page-staff-password = Password
page-staff-or = or
page-staff-provider = Sign in with your company account
page-staff-wrong = That name and password don't go together, or the account is closed.
page-staff-locked = Too many wrong tries for this name. Please wait 15 minutes, or ask an admin.
page-staff-provider-away = Your company's sign-in does not answer right now. Please try again in a moment.
page-staff-provider-refused = Your company's sign-in did not let you in here. Please start again, or ask an admin which role you have.
page-staff-onward = You are signed in

# One's own page
page-staff-hello = Hello, { $name }
page-staff-in-team = Team { $team }
page-staff-role = Role
page-staff-role-agent = Agent
page-staff-role-supervisor = Supervisor
page-staff-role-associate = Store associate
page-staff-role-ops = Operations
page-staff-role-analyst = Analyst
page-staff-role-admin = Admin
page-staff-door-desk = Desk
page-staff-door-desk-lead = Who needs a person, and their cases
page-staff-door-ops = Operations
page-staff-door-ops-lead = Health, stuck cases and their repair
page-staff-door-store = Store
page-staff-door-store-lead = Serve whoever stands at the counter
page-staff-door-people = People and roles
page-staff-door-people-lead = Who works here, and where they are signed in
page-staff-door-customers = Look at a customer
page-staff-door-customers-lead = Without a case in hand, for a reason you give
page-staff-door-audit = Audit
page-staff-door-audit-lead = Every look and change, as JSON lines
page-staff-sessions = Where you are signed in
page-staff-sessions-lead = End whatever you don't recognize.
page-staff-sessions-theirs = Signed in at
page-staff-here = This one
page-staff-way-password = By password
page-staff-way-provider = By company account
page-staff-way-stage = On the stage
page-staff-browser-unknown = Unknown browser
page-staff-seen = Since { $began }. Last used { $seen }.
page-staff-nowhere = Nowhere right now
page-staff-end = End
page-staff-end-all = Sign out everywhere
page-staff-renew = New password
page-staff-renew-lead = We make it for you and show it once. You are signed out everywhere.
page-staff-renew-send = Make a new password
page-staff-password-new = The new password
page-staff-password-once = Write it down for { $name } now. It can't be shown again.

# People and roles
page-staff-people = People and roles
page-staff-people-lead-all = Everybody who can sign in here.
page-staff-people-lead-team = Everybody in team { $team }.
page-staff-closed = Closed
page-staff-add = Add a person
page-staff-add-lead = For somebody without a company account. Their password is made here.
page-staff-add-send = Add
page-staff-person-name = Name
page-staff-team = Team
page-staff-name-needed = Please fill in a name and a sign-in name.
page-staff-name-taken = Somebody has this sign-in name already.
page-staff-give = Role and account
page-staff-give-send = Save role and team
page-staff-close = Close the account
page-staff-reopen = Open the account again

# Looking at a customer
page-staff-reason = Why are you looking?
page-staff-reason-lead = You have no case of this customer in hand. What you write here is kept for good, with your name and the time.
page-staff-reason-who = Customer
page-staff-reason-who-hint = A phone number, an email address or a customer id.
page-staff-reason-why = Reason
page-staff-reason-short = Please say in at least ten characters why you are looking.
page-staff-reason-nobody = No customer was found by that.
page-staff-reason-send = Look
page-staff-customer = Customer
page-staff-customer-lead = Everything over all cases and channels, newest first. This look was noted.
page-staff-customer-none = Nothing has happened yet.
