# Two records that are one person, and messages that are nobody's yet.

status-joined = goes on in your other request
state-joined = This goes on in your other request: { $moment }.
desk-status-joined = Goes on in another case
desk-key-u = same person as someone else

# The story of a case
timeline-joined = The case goes on in another one.
timeline-went-on = { $who } found that this is the same person's second case. It went on in the other one.
timeline-joined-by = { $who } joined the same person's second case to this one.
timeline-brought = { $who } had given the { $label } in the other case: { $value }. It was taken over.
timeline-parted-from = { $who } parted the two cases again. What came from the other one is asked again.
timeline-came-back = { $who } parted the two cases again. This one goes on where it was.
timeline-closed-for-good = The case is closed for good: for 30 days it has gone on in another one.

# On a case
desk-same = Same person
desk-same-as = Same person as someone else
desk-same-went-on = This case went on in another one.
desk-same-there = Go there
desk-same-by = Joined by { $name }, { $at }.
desk-same-took = A second case of this person went on in this one. Joined by { $name }, { $at }.
desk-same-look = Look or undo

# Finding the other one
desk-join = Same person as someone else
desk-join-lead = Find the other record of this person. Nothing is changed before you have seen both side by side.
desk-join-find = Who else is it?
desk-join-search = Search
desk-join-found = { $count ->
    [0] Nobody else found
    [one] 1 other customer found
   *[other] { $count } other customers found
    }
desk-join-cases = { $count ->
    [0] No cases
    [one] 1 case
   *[other] { $count } cases
    }
desk-join-compare = Compare
desk-join-past = Joined before
desk-join-parted = Undone by { $name }

# Side by side
desk-join-preview = Are these one person?
desk-join-preview-lead = Nothing is changed yet. This is what there is, and what would happen.
desk-join-keeps = This record stays. The other one becomes part of it.
desk-join-goes = This record becomes part of the other one. Nothing of it is lost.
desk-join-addresses = Ways to reach them
desk-join-passes = Codes and links still good
desk-join-answers = { $count ->
    [0] nothing answered yet
    [one] 1 answer
   *[other] { $count } answers
    }
desk-join-no-open = No open case
desk-join-closed = { $count ->
    [one] and 1 closed case, kept as it is
   *[other] and { $count } closed cases, kept as they are
    }
desk-join-becomes = What happens
desk-join-all = All cases, answers, files and messages of both become one person's. Nothing is rewritten.
desk-join-one-case = Two open cases become one.
desk-join-apart = Both cases stay open.
desk-join-why-done = The one in which something was already done stays.
desk-join-why-person = The one that is with one of us stays.
desk-join-why-answers = The one with more answers stays.
desk-join-why-later = The one with the most recent steps stays.
desk-join-why-both-done = Something was already done in each, and must not be done twice or lost.
desk-join-question = Question
desk-join-stays = In the case that stays
desk-join-other = In the other case
desk-join-what = What becomes of it
desk-join-fate-taken = Taken over
desk-join-fate-kept = Stays as it is
desk-join-fate-replaced = The later answer counts
desk-join-fate-left = Asked again if needed
desk-join-ways = Every reply, code, link and call of either one leads to the case that goes on.
desk-join-differ = Where the two differ
desk-join-differ-lead = The newest is marked. Choose what counts from now on.
desk-join-sure = Before you join them
desk-join-sure-of = I have made sure who { $name } is
desk-join-reason = How do you know they are one person?
desk-join-do = Join them
desk-join-not = They are not one person
desk-join-undo-hint = It can be undone for 30 days.
desk-join-needs-reason = Nothing was changed: please say why.
desk-join-needs-sure = Nothing was changed: please make sure of both people first.
desk-join-held = { $names } has one of these cases in hand. Ask for it to be let go first.
desk-join-not-now = Not certain whether it went through. Please look again in a moment.

# Joined, and undone
desk-joined = They are one person now
desk-parted = They are two people again
desk-parted-by = Undone by { $name }, { $at }.
desk-parted-cases = Two cases again.
desk-join-due = The cases can't be reached just now. They follow by themselves.
desk-joined-what = What happened
desk-joined-one-case = Two open cases became one.
desk-joined-no-cases = They had no open case of the same kind. Nothing else changed.
desk-joined-person = To this person
desk-joined-other = To the other person
desk-unjoin = Undo
desk-unjoin-left = { $count ->
    [0] Possible until today.
    [one] Possible for 1 more day.
   *[other] Possible for { $count } more days.
    }
desk-unjoin-back = Numbers and addresses go back to whom they belonged to.
desk-unjoin-cases = The case that was held goes on where it was. What was taken over from it is asked again.
desk-unjoin-since = { $moment }: { $count ->
    [one] 1 thing has happened since then. It stays where it happened.
   *[other] { $count } things have happened since then. They stay where they happened.
    }
desk-unjoin-opened = { $moment }, begun { $at }, stays with this person.
desk-unjoin-doors = Whoever is signed in has to sign in again, and codes and links sent since then stop working: nobody knows which of the two they went to.
desk-unjoin-reason = Why is it undone?
desk-unjoin-do = Make them two people again
desk-unjoin-not-yours = Only { $name } or a supervisor can undo this.
desk-unjoin-too-late = This can't be undone any more: 30 days have passed, or a later joining stands on it.

# Messages that are nobody's yet
desk-unplaced = Unplaced messages
desk-unplaced-count = { $count ->
    [0] No unplaced messages
    [one] 1 unplaced message
   *[other] { $count } unplaced messages
    }
desk-unplaced-lead = Nobody was found for these. Say whose they are, or put them aside.
desk-unplaced-none = No message is waiting
desk-unplaced-none-lead = A message that belongs to nobody shows up here.
desk-unplaced-one = Unplaced message
desk-unplaced-no-subject = No subject
desk-unplaced-no-sender = No sender
desk-unplaced-aside = Put aside
desk-unplaced-aside-by = Put aside by { $name }:
desk-unplaced-words = What it says
desk-unplaced-sealed = It can't be opened any more.
desk-unplaced-empty = There are no words in it.
desk-unplaced-files = { $count ->
    [one] 1 file
   *[other] { $count } files
    }
desk-unplaced-whose = Whose is it?
desk-unplaced-whose-lead = It is then answered like any message of theirs. The answer goes to an address on file.
desk-unplaced-on-file = This address is on file for:
desk-unplaced-find = Whose may it be?
desk-unplaced-about = What is it about?
desk-unplaced-any-case = Whatever fits
desk-unplaced-assign = It is from { $name }
desk-unplaced-nobodys = It is nobody's
desk-unplaced-reason = Why?
desk-unplaced-put-aside = Put it aside
desk-unplaced-was-assigned = { $name } has said whose it is.
desk-unplaced-unreadable = It can't be read, so it can't be answered. Put it aside, or write to the customer.
desk-unplaced-told-assigned = Assigned. It is being answered.
desk-unplaced-told-aside = Put aside.
desk-unplaced-told-already = Somebody else was faster: it had been dealt with already.
desk-unplaced-why-unreadable = It could not be read.
desk-unplaced-why-too-large = It was too large to be taken whole.
desk-unplaced-why-no-sender = It names no single sender.
desk-unplaced-why-not-proved = The sender's domain does not vouch for it: anybody could have written it.
desk-unplaced-why-wrong-token = It was sent to a reply address that is somebody else's, or not one of ours.
desk-unplaced-why-too-many = The same sender has written too often in an hour.
desk-unplaced-why-no-such-case = The case that it replies to is not theirs, or does not exist.
desk-unplaced-why-failed = Something of ours failed while it was being read.
desk-unplaced-why-other = Nobody was found for it.
