# What the search found, and by what.

desk-found-many = { $count } customers found, and more
desk-found-more = Show more ({ $count })
desk-found-first = Back to the first
desk-found-from = From { $from } of { $count }
desk-found-strays = Messages that are nobody's yet
desk-found-also-name = Also known as
desk-found-also-paper = Number
desk-found-also-bill = Bill
desk-found-also-payment = Payment
desk-found-also-order = Order
desk-found-also-ticket = Ticket
desk-found-also-visit = Appointment
desk-found-also-dispute = Claim
desk-found-also-credit = Credit
desk-found-also-plan = Instalments
desk-found-also-plan-change = Change of plan
desk-found-also-promise = Promise to pay
desk-found-older = An earlier case
