# Upgrading a phone. Facts: old (the phone traded in), current (the plan), and what is confirmed: device, price,
# branch and slot (none: delivered to address), old and credit (none: nothing traded in), plan (none: stays as it is).

upgrade-device = upgrading your phone
    .title = Upgrade your phone

upgrade-device-device = Which phone would you like?
    .label = phone

upgrade-device-colour = Which color would you like?
    .again = Which color?
    .label = color

upgrade-device-storage = How much storage would you like?
    .again = How much storage?
    .label = storage

upgrade-device-trade-in = Would you like to trade in your old phone? Its value is taken off the price.
    .again = Trade in your old phone?
    .label = trade-in

upgrade-device-imei = What is the IMEI of your old phone? Dial *#06# on it to see the number. If you would rather keep the phone, skip this.
    .again = What is the IMEI of your old phone?
    .sms = What is the IMEI of your old phone? Dial *#06# on it to see the number. To keep the phone, reply SKIP.
    .phone = What is the I M E I of your old phone? Dial star, pound, zero six, pound on it to see the number. To keep the phone, say: no thanks.
    .label = IMEI of the old phone
    .email = What is the IMEI of your old phone? Dial *#06# on it to see the number. To keep the phone, reply SKIP.

upgrade-device-condition = Your old phone is a { $old }. What condition is it in?
    .again = What condition is your old phone in?
    .label = condition of the old phone
    .option-good = Good
    .option-worn = Worn
    .option-broken = Broken

upgrade-device-plan = The new phone needs a 5G plan, and your { $current } plan is not one. Which plan would you like with it?
    .again = Which plan would you like with it?
    .label = plan

upgrade-device-way = Shall we deliver it to you, or would you like to pick it up in a store?
    .again = Delivery, or pick-up?
    .label = way to get it
    .option-delivery = Delivery
    .option-pick-up = Pick-up

upgrade-device-branch = In which store would you like to pick it up?
    .again = Which store?
    .label = store

upgrade-device-slot = When would you like to pick it up?
    .again = When?
    .label = pick-up time

upgrade-device-order = Order the { $device } for { $price }, { $branch ->
    [none] delivered to { $address }
   *[other] to be picked up at { $branch }, { $slot }
    }?{ $credit ->
    [none] {""}
   *[other] {""} You get { $credit } for your { $old }.
    }{ $plan ->
    [none] {""}
   *[other] {""} Your new plan: { $plan }.
    }
    .phone = You would like to order the { $device }, for { $price }, { $branch ->
    [none] delivered to { $address }
   *[other] to be picked up at { $branch }, on { $slot }
    }.{ $credit ->
    [none] {""}
   *[other] {""} You get { $credit } for your { $old }.
    }{ $plan ->
    [none] {""}
   *[other] {""} Your new plan is { $plan }.
    } Is that right?
    .label = order

upgrade-device-told-not-yet = { $on ->
    [none] Sorry, we have no new phones in stock right now. Please ask again in a few days.
   *[other] You can have a new phone from { $on } on. We look forward to it!
    }

upgrade-device-told-ordered = Thank you! Your { $device } is ordered. Your reference is { $reference }. { $branch ->
    [none] Until it is on its way, you can still cancel.
   *[other] Until it is ready at { $branch }, you can still cancel.
    }
    .phone = Thank you! Your { $device } is ordered. Your reference is { SPELL($reference) }. { $branch ->
    [none] Until it is on its way, you can still cancel.
   *[other] Until it is ready at { $branch }, you can still cancel.
    }

upgrade-device-told-on-its-way = Good news: your { $device } is on its way.{ $old ->
    [none] {""}
   *[other] {""} Use the same box to send us your { $old }.
    } Your reference is { $reference }.
    .phone = Good news: your { $device } is on its way.{ $old ->
    [none] {""}
   *[other] {""} Use the same box to send us your { $old }.
    } Your reference is { SPELL($reference) }.

upgrade-device-told-waiting-for-you = Good news: your { $device } is ready at { $branch }. Please come { $slot }{ $old ->
    [none] {""}
   *[other] {""} and bring your { $old }
    }. Your reference is { $reference }.
    .phone = Good news: your { $device } is ready at { $branch }. Please come on { $slot }{ $old ->
    [none] {""}
   *[other] {""} and bring your { $old }
    }. Your reference is { SPELL($reference) }.

# What is confirmed without having been asked
upgrade-device-price =
    .label = price
upgrade-device-address =
    .label = address
upgrade-device-old =
    .label = old phone
upgrade-device-credit =
    .label = credit for the old phone

step-devices-stock = looked up what is in stock
step-devices-look-up-imei = looked up the old phone
step-devices-plan-fit = looked up whether the plan fits the phone
step-devices-branches = looked up stores and pick-up times
step-devices-place-order = placed the order
step-devices-bill-order = put the order on the bill

because-too-soon = It is too soon for a new phone.
because-sold-out = Sorry, that one has been sold out in the meantime.
because-price-changed = The price has changed in the meantime.
because-nothing-in-stock = There are no new phones in stock.
because-no-pick-up = Sorry, no store has a free time for that.
because-slot-taken = Sorry, somebody else has taken that time.
because-imei-blocked = That phone is reported as lost or stolen, so we can't take it.
because-imei-unknown = We do not know a phone with that number.
