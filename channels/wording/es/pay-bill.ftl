# Pagar una factura. Datos: most, least, about …, y lo que se confirma: amount, day (none: ahora), method.

pay-bill = pagar su factura
    .title = Pagar su factura

pay-bill-amount = Su factura es de { $most }. ¿Cuánto le gustaría pagar?
    .again = ¿Cuánto le gustaría pagar?
    .label = monto
    .suggest-1 = Total { $money }
    .suggest-1-phone = el total, { $money }
    .suggest-2 = Mínimo { $money }
    .suggest-2-phone = el mínimo, { $money }

pay-bill-when = ¿Le gustaría pagar ahora, u otro día?
    .again = ¿Pagar ahora, o después?
    .label = momento del pago
    .option-now = Ahora
    .option-later = Después
    .option-instalments = Pagar en cuotas
    .option-promise = Prometer un día

pay-bill-day = ¿Qué día debemos cobrar el pago?
    .again = ¿Qué día?
    .label = día del pago

pay-bill-method = ¿Cómo le gustaría pagar?
    .again = ¿Qué tarjeta o cuenta debemos usar?
    .label = forma de pago

pay-bill-pay = { $day ->
    [none] ¿Pagar { $amount } ahora con { $method }?
   *[other] ¿Pagar { $amount } con { $method } el { $day }?
    }
    .label = pago

pay-bill-parts = ¿En cuántos pagos mensuales?
    .again = ¿Cuántos pagos?
    .label = número de pagos
    .option-4 = 4 pagos
    .option-6 = 6 pagos
    .option-12 = 12 pagos

pay-bill-plan = ¿Pagar { $first } ahora y luego { $each } al mes hasta el { $until }, { $count } pagos en total, con { $method }?
    .label = plan de cuotas

pay-bill-promised = ¿Hasta qué día necesita para pagar?
    .again = ¿Hasta qué día?
    .label = día prometido

pay-bill-promise = Usted promete pagar { $amount } a más tardar el { $day }, y hasta entonces no le enviamos recordatorios. ¿De acuerdo?
    .label = promesa

pay-bill-autopay = ¿Quiere que de ahora en adelante cobremos sus facturas automáticamente, con la misma tarjeta o cuenta, cada una el día de su vencimiento?
    .again = ¿Activamos el pago automático?
    .label = pago automático

pay-bill-told-nothing-owed = Buenas noticias: no tiene nada que pagar en este momento.

pay-bill-told-receipt = { $on ->
    [none] ¡Gracias! Recibimos { $amount } de { $method }.
   *[other] ¡Gracias! Cobraremos { $amount } de { $method } el { $on }.
    } Su referencia es { $reference }.{ $left-is ->
    [zero] {""} No queda nada por pagar.
   *[some] {""} Falta por pagar: { $left }.
    }
    .phone = { $on ->
    [none] ¡Gracias! Recibimos { $amount } de { $method }.
   *[other] ¡Gracias! Cobraremos { $amount } de { $method } el { $on }.
    } Su referencia es { SPELL($reference) }.{ $left-is ->
    [zero] {""} No queda nada por pagar.
   *[some] {""} Le falta pagar { $left }.
    }

pay-bill-told-plan-started = ¡Gracias! Recibimos el primero de { $count } pagos, { $first }, de { $method }. Cobraremos { $each } al mes hasta el { $until }. Su referencia es { $reference }.
    .phone = ¡Gracias! Recibimos el primero de { $count } pagos, { $first }, de { $method }. Cobraremos { $each } al mes hasta el { $until }. Su referencia es { SPELL($reference) }.

pay-bill-told-promise-noted = Gracias. Anotamos que pagará { $amount } a más tardar el { $day }. Su referencia es { $reference }.
    .phone = Gracias. Anotamos que pagará { $amount } a más tardar el { $day }. Su referencia es { SPELL($reference) }.

pay-bill-told-autopay-on = El pago automático está activado: desde la próxima factura usamos { $method } el día del vencimiento.

# Lo que se confirma sin haberse preguntado
pay-bill-first =
    .label = primer pago
pay-bill-each =
    .label = pago mensual
pay-bill-count =
    .label = número de pagos
pay-bill-until =
    .label = último pago

because-parts-too-small = Cada uno de esos pagos sería menor que { $least }, lo mínimo en que podemos dividir una factura.

step-billing-open-bill = se consultó la factura pendiente
step-billing-take-payment = se cobró el pago
step-arrangements-quote = se calcularon las cuotas
step-arrangements-start-plan = se inició el plan de cuotas
step-arrangements-promise = se anotó la promesa de pago
step-arrangements-set-up-autopay = se activó el pago automático
