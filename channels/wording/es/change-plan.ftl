# Cambiar de plan. Datos: used (gigabytes al mes), current, costs, best (none: el actual es el mejor), instead;
# y lo que se confirma: plan, price, on, charge o credit (none: nada).

change-plan = cambiar su plan
    .title = Cambiar su plan

change-plan-plan = Usted usa unos { $used } GB al mes. Con { $current } le cuesta unos { $costs }{ $best ->
    [none] , y ningún otro plan le sale más barato.
   *[other] . Con { $best } serían { $instead }.
    } ¿Qué plan le gustaría?
    .phone = Usted usa unos { $used } gigabytes al mes. Con { $current } le cuesta unos { $costs }{ $best ->
    [none] , y ningún otro plan le sale más barato.
   *[other] . Con { $best } serían { $instead }.
    } ¿Qué plan le gustaría?
    .again = ¿Qué plan le gustaría?
    .label = plan

change-plan-start = ¿A partir de qué día?
    .label = primer día

change-plan-change = ¿Cambiar a { $plan } por { $price } al mes, a partir del { $on }?{ $charge ->
    [none] {""}
   *[other] {""} Por el resto de ese mes se suman { $charge } a su factura.
    }{ $credit ->
    [none] {""}
   *[other] {""} Por el resto de ese mes se restan { $credit } de su factura.
    } Puede volver atrás durante 14 días.
    .phone = Le gustaría cambiar a { $plan }, por { $price } al mes, a partir del { $on }.{ $charge ->
    [none] {""}
   *[other] {""} Por el resto de ese mes se suman { $charge } a su factura.
    }{ $credit ->
    [none] {""}
   *[other] {""} Por el resto de ese mes se restan { $credit } de su factura.
    } Puede volver atrás durante 14 días. ¿Es correcto?
    .label = cambio

change-plan-told-not-now = Ya hay un cambio de plan en curso para el { $on }. Después lo podrá cambiar de nuevo.

change-plan-told-changed = Listo: { $plan } por { $price } al mes, a partir del { $on }. Su referencia es { $reference }. Puede cancelar hasta el { $until }: entonces todo queda como antes.
    .phone = Listo: { $plan }, por { $price } al mes, a partir del { $on }. Su referencia es { SPELL($reference) }. Puede cancelar hasta el { $until }: entonces todo queda como antes.

# Lo que se confirma sin haberse preguntado
change-plan-price =
    .label = precio al mes
change-plan-on =
    .label = primer día
change-plan-charge =
    .label = cargo por este mes
change-plan-credit =
    .label = crédito por este mes

step-plans-compare = se compararon los planes
step-plans-quote = se calculó lo que cuesta el cambio
step-plans-change = se cambió el plan

because-change-pending = Ya hay otro cambio de plan en curso.
because-plan-gone = Ese plan ya no se ofrece.
because-day-passed = Ese día ya pasó.
