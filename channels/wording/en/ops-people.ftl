# Erasing and exporting a person: ops' page, the last word to the customer, and the copy they get.

people-title = A person's data
people-lead = Give somebody a copy of everything we keep about them, or erase them for good. Both are noted with your name and reason.
people-find = Customer or case
people-find-hint = A customer's id, or a case's. Names don't work here: look them up on the desk first.
people-look = Look
people-unknown = There is nobody with this id. Check it against the desk or the case list.
people-records = { $count ->
    [one] One record
   *[other] { $count } records, all of one person
}
people-running = { $count ->
    [0] No case is running
    [one] One case is running and will be ended
   *[other] { $count } cases are running and will be ended
}
people-rows = What is kept
people-export = Export
people-export-about = A ZIP with everything as JSON, a page to read and all files, in their language.
people-export-do = Download the copy
people-erase = Erase
people-erase-about = Ends their cases, destroys their key and removes everything. It can't be undone, and not even we can read it afterwards.
people-erase-admin = Only an admin may erase somebody.
people-reason = Reason
people-reason-hint = It stays in the audit. No name, number or address: a ticket's number is best.
people-reason-needed = Say why, in a few words.
people-reason-personal = This reason names the person. It would stay for ever: write it without their name, number or address.
people-tell = Send them a last message that it is done
people-type = To go on, type the id: { $id }
people-type-wrong = That is not the id. Nothing was erased.
people-erase-do = Erase for good
people-erasing = This can take a minute: leave the page open.
people-away = It could not be finished: the database or Temporal did not answer. Do it again; what is done already does no harm.
people-done = Erased, and nothing is left
people-not-clean = Erased, but something was still found
people-not-clean-do = Erase once more. If it stays, the places below tell where to look.
people-was-erased = Erased on { $at }
people-ended = Cases ended
people-removed = Rows removed
people-looked-for = Values looked for
people-looked-in = Places searched
people-left = Still found
people-shared = Also said by others
people-nothing = Nothing
people-lately = Erased lately
people-when = When
people-result = Result
people-clean = Clean
people-unclean = Something left

erased-farewell = { $brand }: We have erased your data, as you asked. We know nothing about you any more, and can't answer questions about earlier matters. You need not reply.
erased-farewell-subject = Your data has been erased

export-title = Your data
export-made = Put together on { $at }.
export-about = This is everything we keep about you. The file person.json holds the same for other programs.
export-you = About you
export-name = Name
export-language = Language
export-zone = Time zone
export-address-phone = Phone
export-address-email = Email
export-none = None
export-cases = What happened
export-chats = Chats
export-messages = Messages we sent you
export-messages-about = We let go of a message's words once it has been sent.
export-files = Files you sent
export-facts = What we remember
export-ratings = Your ratings
export-notes = Notes by our team
export-notes-about = Written by our team about you and your cases.
export-looks = Who looked
export-looks-about = { $count ->
    [one] Our team opened or changed your data once. When and why is in person.json.
   *[other] Our team opened or changed your data { $count } times. When and why is in person.json.
}
export-rest = All that is kept
export-rest-about = How many entries of each kind there are. All of them are in person.json.
