# Las primeras semanas de un cliente. Datos: since, call (un número).

welcome = conocernos mejor
    .title = Le damos la bienvenida

welcome-told-hello = ¡Le damos la bienvenida, qué gusto tenerle con nosotros! Puede comunicarse cuando quiera: responda aquí, o llame al { $call }.
    .phone = ¡Le damos la bienvenida, qué gusto tenerle con nosotros! Puede llamar a este número cuando quiera.
    .web = ¡Le damos la bienvenida, qué gusto tenerle con nosotros! Puede comunicarse cuando quiera: escríbanos, o llame al { $call }.

welcome-contact = ¿Cómo le gustaría recibir noticias nuestras?
    .again = ¿Cómo debemos comunicarnos con usted?
    .label = medio de contacto preferido
    .option-sms = Mensaje de texto
    .option-whatsapp = WhatsApp
    .option-email = Correo electrónico
    .option-phone = Llamada telefónica

welcome-help = Todavía no hemos visto su tarjeta SIM en nuestra red. ¿Le gustaría recibir ayuda con ella?
    .again = ¿Le gustaría recibir ayuda con su tarjeta SIM?
    .label = ayuda con la tarjeta SIM
welcome-told-sim-waits = La nota que vino con su tarjeta SIM dice cómo activarla. Estamos aquí si nos necesita.

welcome-e-bill = ¿Le gustaría recibir sus facturas por correo electrónico en vez de en papel?
    .again = ¿Facturas por correo electrónico, en vez de en papel?
    .label = facturas por correo electrónico
welcome-told-e-bill-on = Listo: de ahora en adelante sus facturas llegan por correo electrónico.

welcome-autopay = ¿Quiere que una tarjeta pague cada factura automáticamente, el día de su vencimiento? Díganos cuál, o diga no.
    .again = ¿Qué tarjeta debe pagar sus facturas automáticamente? O diga no.
    .phone = ¿Quiere que una tarjeta pague cada factura automáticamente? Si no, diga no.
    .label = pago automático
welcome-told-autopay-on = Listo: { $method } paga sus facturas de ahora en adelante, cada una el día de su vencimiento.

welcome-stars = Ya lleva un mes con nosotros. ¿Qué le ha parecido hasta ahora?
    .again = ¿Qué le ha parecido hasta ahora?
    .label = calificación
    .option-1 = Malo
    .option-2 = Regular
    .option-3 = Bueno
    .option-4 = Muy bueno
    .option-5 = Excelente
welcome-better = ¿Qué deberíamos mejorar?
    .label = lo que hay que mejorar
welcome-told-thanks = ¡Gracias por contarnos!

step-care-membership = se consultó desde cuándo es cliente
step-care-ways-to-reach = se consultó cómo comunicarse con el cliente
step-care-look-at-sim = se consultó si la tarjeta SIM está activa
step-care-start-e-bill = se cambió a facturas por correo electrónico
step-care-stop-e-bill = se volvió a facturas en papel
step-billing-saved-methods = se consultó con qué paga el cliente
step-care-keep-rating = se transmitió la calificación
