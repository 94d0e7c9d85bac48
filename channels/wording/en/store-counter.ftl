# What a store's tablet says of its line, its lock, colleagues, scanning, slips by text and devices that are handed over.

store-keep = What waits to be sent
store-keep-away = No line. You can go on: what you enter is kept on this tablet and goes out by itself.
store-keep-kept = No line. Kept on this tablet; goes out by itself.
store-keep-unanswered = The system does not answer yet. Kept on this tablet; goes out by itself.
store-keep-unkept = That needs a line and is not kept on this tablet: do it again when the line is back.
store-keep-sending = The line is back. Sending…
store-keep-sent = Sent
store-keep-refused = The case has moved on meanwhile: what you entered was not taken:
store-keep-now = Now it is:
store-keep-back = Take back
store-keep-seen = Understood
store-keep-gone = No line. The customer is closed on this tablet.
store-keep-gone-lead = What was entered goes out by itself. Then you can serve the next customer.
store-keep-dropped = Something you entered for the last customer could not be sent. It has been removed from this tablet.
store-away-title = No line
store-away-lead = This tablet tries again by itself and goes back to where you were.
store-away-kept = What you entered is kept on this tablet and goes out by itself.

store-lock = Lock
store-locked = This tablet is locked
store-locked-lead = Whoever locked it signs in and goes on with the customer. For anyone else it starts afresh.
store-covered = Nobody was here for a while
store-covered-lead = This tablet is locking. What was entered goes out first.

store-busy = { $name } has been serving this customer since { $since }.
store-busy-lead = Only one tablet at a time. Nothing was changed from here.
store-busy-take = The customer is with me now

store-scan = Scan with the camera
store-scan-stop = Stop the camera
store-scan-picture = What the camera sees
store-scan-failed = The camera can't be used. Type it instead.

store-slip-text = Text it to them
store-slip-texted = The link is on its way to the number on file.
store-slip-too-often = A link was texted a few minutes ago. Print the slip, or text it again later.
store-slip-nowhere = There is no phone number on file. Print the slip.

store-hand-title = Hand over: { $device }
store-hand-lead = Order { $reference }, to be picked up at { $branch }.
store-hand-label = IMEI or serial number on the box
store-hand-hint = 15 digits, or the maker's serial number. It is noted with your name and the time.
store-hand-old = The old device was handed in: { $old }
store-hand-send = Handed over
store-hand-done = Handed over, and noted.
page-store-hand-id = Check the customer's ID first.
page-store-hand-number = That is neither an IMEI nor a serial number. Scan it again, or type it from the box.
