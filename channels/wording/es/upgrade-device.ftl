# Renovar un teléfono. Datos: old (el teléfono que se entrega), current (el plan), y lo que se confirma: device, price,
# branch y slot (none: a domicilio, a address), old y credit (none: no se entrega nada), plan (none: queda igual).

upgrade-device = renovar su teléfono
    .title = Renovar su teléfono

upgrade-device-device = ¿Qué teléfono le gustaría?
    .label = teléfono

upgrade-device-colour = ¿Qué color le gustaría?
    .again = ¿Qué color?
    .label = color

upgrade-device-storage = ¿Cuánto almacenamiento le gustaría?
    .again = ¿Cuánto almacenamiento?
    .label = almacenamiento

upgrade-device-trade-in = ¿Le gustaría entregar su teléfono anterior? Su valor se descuenta del precio.
    .again = ¿Entrega su teléfono anterior?
    .label = entrega del teléfono anterior

upgrade-device-imei = ¿Cuál es el IMEI de su teléfono anterior? Marque *#06# en él para ver el número. Si prefiere quedarse con el teléfono, omita esto.
    .again = ¿Cuál es el IMEI de su teléfono anterior?
    .sms = ¿Cuál es el IMEI de su teléfono anterior? Marque *#06# en él para ver el número. Para quedarse con el teléfono, responda OMITIR.
    .phone = ¿Cuál es el I M E I de su teléfono anterior? Marque en él asterisco, numeral, cero seis, numeral, para ver el número. Para quedarse con el teléfono, diga: no, gracias.
    .label = IMEI del teléfono anterior
    .email = ¿Cuál es el IMEI de su teléfono anterior? Marque *#06# en él para ver el número. Para quedarse con el teléfono, responda OMITIR.

upgrade-device-condition = Su teléfono anterior es un { $old }. ¿En qué estado está?
    .again = ¿En qué estado está su teléfono anterior?
    .label = estado del teléfono anterior
    .option-good = Bueno
    .option-worn = Con desgaste
    .option-broken = Roto

upgrade-device-plan = El teléfono nuevo necesita un plan 5G, y su plan { $current } no lo es. ¿Qué plan le gustaría?
    .again = ¿Qué plan le gustaría?
    .label = plan

upgrade-device-way = ¿Se lo enviamos, o le gustaría recogerlo en una tienda?
    .again = ¿Envío, o recoger en tienda?
    .label = forma de entrega
    .option-delivery = Envío a domicilio
    .option-pick-up = Recoger en tienda

upgrade-device-branch = ¿En qué tienda le gustaría recogerlo?
    .again = ¿Qué tienda?
    .label = tienda

upgrade-device-slot = ¿Cuándo le gustaría recogerlo?
    .again = ¿Cuándo?
    .label = horario para recogerlo

upgrade-device-order = ¿Pedir el { $device } por { $price }, { $branch ->
    [none] con envío a { $address }
   *[other] para recoger en { $branch }, el { $slot }
    }?{ $credit ->
    [none] {""}
   *[other] {""} Recibe { $credit } por su { $old }.
    }{ $plan ->
    [none] {""}
   *[other] {""} Su plan nuevo: { $plan }.
    }
    .phone = Le gustaría pedir el { $device }, por { $price }, { $branch ->
    [none] con envío a { $address }
   *[other] para recoger en { $branch }, el { $slot }
    }.{ $credit ->
    [none] {""}
   *[other] {""} Recibe { $credit } por su { $old }.
    }{ $plan ->
    [none] {""}
   *[other] {""} Su plan nuevo es { $plan }.
    } ¿Es correcto?
    .label = pedido

upgrade-device-told-not-yet = { $on ->
    [none] Disculpe, en este momento no tenemos teléfonos nuevos. Por favor, pregunte de nuevo en unos días.
   *[other] Puede tener un teléfono nuevo a partir del { $on }. ¡Le esperamos!
    }

upgrade-device-told-ordered = ¡Gracias! Ya pedimos su { $device }. Su referencia es { $reference }. { $branch ->
    [none] Puede cancelar hasta que salga de camino.
   *[other] Puede cancelar hasta que esté listo en { $branch }.
    }
    .phone = ¡Gracias! Ya pedimos su { $device }. Su referencia es { SPELL($reference) }. { $branch ->
    [none] Puede cancelar hasta que salga de camino.
   *[other] Puede cancelar hasta que esté listo en { $branch }.
    }

upgrade-device-told-on-its-way = Buenas noticias: su { $device } va en camino.{ $old ->
    [none] {""}
   *[other] {""} Use la misma caja para enviarnos su { $old }.
    } Su referencia es { $reference }.
    .phone = Buenas noticias: su { $device } va en camino.{ $old ->
    [none] {""}
   *[other] {""} Use la misma caja para enviarnos su { $old }.
    } Su referencia es { SPELL($reference) }.

upgrade-device-told-waiting-for-you = Buenas noticias: su { $device } está listo en { $branch }. Le esperamos el { $slot }{ $old ->
    [none] {""}
   *[other] {""}; traiga su { $old }
    }. Su referencia es { $reference }.
    .phone = Buenas noticias: su { $device } está listo en { $branch }. Le esperamos el { $slot }{ $old ->
    [none] {""}
   *[other] {""}; traiga su { $old }
    }. Su referencia es { SPELL($reference) }.

# Lo que se confirma sin haberse preguntado
upgrade-device-price =
    .label = precio
upgrade-device-address =
    .label = dirección
upgrade-device-old =
    .label = teléfono anterior
upgrade-device-credit =
    .label = crédito por el teléfono anterior

step-devices-stock = se consultó qué hay disponible
step-devices-look-up-imei = se consultó el teléfono anterior
step-devices-plan-fit = se consultó si el plan sirve para el teléfono
step-devices-branches = se consultaron tiendas y horarios
step-devices-place-order = se hizo el pedido
step-devices-bill-order = se puso el pedido en la factura

because-too-soon = Es demasiado pronto para un teléfono nuevo.
because-sold-out = Disculpe, ese se agotó mientras tanto.
because-price-changed = El precio cambió mientras tanto.
because-nothing-in-stock = No hay teléfonos nuevos disponibles.
because-no-pick-up = Disculpe, ninguna tienda tiene un horario libre para eso.
because-slot-taken = Disculpe, alguien más tomó ese horario.
because-imei-blocked = Ese teléfono está reportado como perdido o robado, así que no lo podemos recibir.
because-imei-unknown = No conocemos un teléfono con ese número.
