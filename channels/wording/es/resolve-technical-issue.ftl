# Resolver un problema técnico. Datos: una interrupción (area, since, expected), check (un id), lo que halló una prueba
# (result), una visita (reference, slot).

resolve-technical-issue = resolver su problema técnico
    .title = Resolver un problema técnico

resolve-technical-issue-symptom = ¿Qué no funciona, y desde cuándo?
    .again = En pocas palabras: ¿qué no funciona?
    .label = problema

# Una interrupción en toda la zona
resolve-technical-issue-told-outage = { $expected ->
    [none] Hay una interrupción del servicio en { $area }, muy probablemente la causa. Nuestro equipo trabaja en ella.
   *[other] Hay una interrupción del servicio en { $area }, muy probablemente la causa. Debería terminar a más tardar el { $expected }.
    }
resolve-technical-issue-told-outage-ended = La interrupción en { $area } terminó.
resolve-technical-issue-told-outage-lasts = Disculpe: todavía no hay novedades sobre la interrupción en { $area }.
resolve-technical-issue-restored = ¿Ya le funciona todo de nuevo?
    .label = estado después de la interrupción

# Cosas que revisar, una tras otra. Sin .again: lo que hay que hacer tiene que estar en la pregunta.
resolve-technical-issue-check-helped = { $check ->
    [restart] Por favor, apague su dispositivo (en casa: el router), espere diez segundos y enciéndalo. ¿Ya funciona?
    [cables] Por favor, desconecte todos los cables de su router y vuelva a conectarlos bien. ¿Ya funciona?
    [closer] Por favor, acérquese a su router, o a una ventana, e inténtelo de nuevo. ¿Ahí mejora?
    [airplane] Por favor, active el modo avión, espere diez segundos y desactívelo. ¿Ya funciona?
   *[other] Por favor, inténtelo de nuevo ahora. ¿Funciona?
    }
    .label = resultado de la revisión
resolve-technical-issue-told-check-testing = Estamos probando su conexión; no hace falta que espere.
resolve-technical-issue-told-check-tested = { $result ->
    [mended] Encontramos una falla de nuestro lado y la arreglamos.
    [fault] Encontramos una falla que necesita un técnico.
   *[clear] Nuestra prueba no encontró nada malo.
    }
resolve-technical-issue-told-check-good = ¡Qué bueno! Mañana le preguntaremos si sigue bien.
resolve-technical-issue-check-lasting = Ya funcionaba de nuevo. ¿Sigue bien?
    .again = ¿Sigue funcionando?
    .label = estado un día después
resolve-technical-issue-told-check-reopened = Lo lamentamos. Sigamos donde estábamos.

# La visita de un técnico
resolve-technical-issue-visit-slot = Un técnico debería ir a revisar. ¿Qué horario le conviene?
    .again = ¿En qué horario debe ir el técnico?
    .phone = ¿Cuándo debe ir un técnico?
    .label = visita del técnico
resolve-technical-issue-told-visit-booked = Un técnico irá el { $slot }. Su referencia es { $reference }.
    .phone = Un técnico irá el { $slot }. Su referencia es { SPELL($reference) }.
resolve-technical-issue-visit-lasting = ¿De verdad funciona todo desde la visita del técnico?
    .again = ¿De verdad quedó arreglado?
    .label = estado después de la visita
resolve-technical-issue-told-visit-reopened = Lo lamentamos. Su reporte está abierto de nuevo.

resolve-technical-issue-told-solved = Gracias, entonces está resuelto. Lamentamos las molestias.

step-network-outage = se buscó una interrupción en la zona
step-network-symptom-in = se revisó si las primeras palabras dicen qué falla
step-network-diagnose = se determinó qué revisar
step-network-run-test = se probó la conexión
step-network-open-ticket = se abrió un reporte
step-network-withdraw-ticket = se retiró el reporte
step-network-close-ticket = se cerró el reporte
step-network-visit-times = se consultó cuándo puede ir un técnico
step-network-book-visit = se reservó la visita de un técnico
step-network-cancel-visit = se canceló la visita del técnico
step-network-end-visit = se anotó que la visita terminó
