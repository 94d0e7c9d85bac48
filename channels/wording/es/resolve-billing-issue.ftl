# Un cargo que no se entiende, o con el que no se está de acuerdo. Datos de un cargo: label, kind, amount, on, units, each.

resolve-billing-issue = aclarar un cargo en su factura
    .title = Preguntar por un cargo

resolve-billing-issue-charge = ¿De qué cargo de su factura se trata?
    .again = ¿Qué cargo es?
    .label = cargo

resolve-billing-issue-told-explained = { $kind ->
    [plan] { $label }, { $amount }: el precio mensual de su plan, cobrado el { $on } por el mes siguiente.
    [roaming] { $label }, { $amount }: { $units } días de uso en el extranjero desde el { $on }, a { $each } por día.
    [premium] { $label }, { $amount }: mensajes enviados a un servicio de pago el { $on }.
    [late-fee] { $label }, { $amount }: agregado el { $on }, porque la factura anterior se pagó después de su vencimiento.
    [device] { $label }, { $amount }: la parte de este mes del precio de su dispositivo.
   *[other] { $label }, { $amount }, del { $on }.
    }

resolve-billing-issue-settled = ¿Con eso queda aclarado?
    .label = conformidad con el cargo

resolve-billing-issue-reason = ¿Qué está mal con ese cargo?
    .label = motivo
    .option-not-mine = No usé esto
    .option-too-much = El monto está mal
    .option-cancelled = Ya lo había cancelado
    .option-twice = Se cobró dos veces

resolve-billing-issue-evidence = ¿Tiene una foto o un documento que lo muestre? También puede seguir sin eso.
    .sms = ¿Tiene una foto o un documento que lo muestre? Para seguir sin eso, responda NO.
    .email = ¿Tiene una foto o un documento que lo muestre? Para seguir sin eso, responda NO.
    .phone = Si tiene una foto o un documento que lo muestre, cuelgue y envíelo como respuesta al mensaje de texto que le mandaremos. Para seguir sin eso, diga no.
    .again = ¿Tiene algo que lo muestre? Para seguir sin eso, diga no.
    .label = prueba

resolve-billing-issue-dispute = ¿Reclamar "{ $charge }", { $amount }, porque { $reason ->
    [not-mine] usted no lo usó
    [too-much] el monto está mal
    [cancelled] usted ya lo había cancelado
    [twice] se cobró dos veces
   *[other] no es correcto
    }?
    .label = reclamo

resolve-billing-issue-told-nothing-billed = En este momento no hay una factura con cargos para revisar.

resolve-billing-issue-told-looking = Gracias. Alguien de nuestro equipo revisará "{ $charge }" y decidirá en un plazo de 14 días. Le escribiremos. Su referencia es { $reference }.
    .phone = Gracias. Alguien de nuestro equipo revisará "{ $charge }" y decidirá en un plazo de 14 días. Le escribiremos. Su referencia es { SPELL($reference) }.

resolve-billing-issue-told-credited = Le devolvemos { $credit } por "{ $charge }": { $why ->
    [small-amount] el monto es pequeño, así que confiamos en su palabra.
    [too-late] no decidimos a tiempo, así que se decide a su favor.
    [our-mistake] fue un error nuestro, y lo lamentamos.
   *[other] nuestro equipo lo revisó.
    } Su referencia es { $reference }.{ $left-is ->
    [zero] {""} No queda nada por pagar.
   *[some] {""} Falta por pagar: { $left }.
    }
    .phone = Le devolvemos { $credit } por "{ $charge }": { $why ->
    [small-amount] el monto es pequeño, así que confiamos en su palabra.
    [too-late] no decidimos a tiempo, así que se decide a su favor.
    [our-mistake] fue un error nuestro, y lo lamentamos.
   *[other] nuestro equipo lo revisó.
    } Su referencia es { SPELL($reference) }.{ $left-is ->
    [zero] {""} No queda nada por pagar.
   *[some] {""} Le falta pagar { $left }.
    }

resolve-billing-issue-told-refused = Revisamos "{ $charge }", y el cargo se mantiene: { $why ->
    [was-used] nuestros registros muestran que el servicio se usó.
    [as-agreed] es lo que dice el contrato.
   *[other] nuestro equipo lo revisó y es correcto.
    } Su referencia es { $reference }. Si no está de acuerdo, responda y pida hablar con una persona.
    .phone = Revisamos "{ $charge }", y el cargo se mantiene: { $why ->
    [was-used] nuestros registros muestran que el servicio se usó.
    [as-agreed] es lo que dice el contrato.
   *[other] nuestro equipo lo revisó y es correcto.
    } Su referencia es { SPELL($reference) }. Si no está de acuerdo, pida hablar con una persona.

# Lo que se confirma sin haberse preguntado
resolve-billing-issue-amount =
    .label = monto

because-already-disputed = Este cargo ya se reclamó antes, y nuestro equipo lo sabe.

step-disputes-statement = se consultaron los cargos de la factura
step-disputes-open = se abrió un reclamo
step-disputes-withdraw = se retiró el reclamo
step-disputes-decision = se consultó la decisión
step-disputes-concede = el reclamo se decidió a favor del cliente
step-disputes-credit = se dio el crédito
