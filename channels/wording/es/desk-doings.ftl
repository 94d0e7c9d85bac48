# Lo que hace un agente además de la pregunta: reservar, pasar, cerrar, regalar, empezar y anular; y por qué mira.

# Qué pasó
desk-told-booked = Reservado. El cliente lo tiene por escrito.
desk-told-booked-unwritten = Reservado. No podemos escribir al cliente: repítale la hora antes de colgar.
desk-told-unbooked = La hora queda libre, y el cliente lo sabe.
desk-told-handed-on = Pasado.
desk-told-given = Dado. El cliente lo tiene por escrito.
desk-told-given-unwritten = Dado. No podemos escribir al cliente: dígaselo ahora.
desk-told-called-off = Anulado. Lo hecho se deshace.

# Reservar una hora
desk-book = Horas reservadas
desk-book-call = Reservar una llamada
desk-book-change = Cambiar
desk-book-cancel = Anular
desk-booked-call = Llamamos al cliente
desk-booked-visit = Visita a { $store }
desk-times = Horas libres
desk-times-back = Volver al caso
desk-times-call = Llamamos cuando le venga bien
desk-times-visit = Visita a { $store }
desk-times-what = Reservar
desk-times-show = Mostrar
desk-times-let = Que elija el cliente
desk-times-taken = Alguien fue más rápido: esa hora ya no está. No ha cambiado nada.
desk-times-none = No queda ninguna hora libre.
booking-offer = { $second ->
    [none] { $kind ->
        [call] Podemos llamarle el { $first }. ¿Le viene bien?
       *[visit] Puede venir a { $store } el { $first }. ¿Le viene bien?
        }
   *[other] { $kind ->
        [call] ¿Cuándo podemos llamarle? Tengo el { $first }, o el { $second }.
       *[visit] ¿Cuándo puede venir a { $store }? Tengo el { $first }, o el { $second }.
        }
    }
booking-text = { $kind ->
    [call] Reservado: le llamamos el { $when }. Para cambiarlo o anularlo: { $link }
   *[visit] Reservado: su visita a nuestra tienda { $store }, el { $when }. Para cambiarla o anularla: { $link }
    }
booking-cancelled-text = { $kind ->
    [call] Anulado: no le llamaremos el { $when }.
   *[visit] Anulada: su visita a nuestra tienda { $store }, { $when }.
    }
booking-choose-text = { $kind ->
    [call] Elija cuándo le llamamos: { $link }
   *[visit] Elija cuándo viene a nuestra tienda { $store }: { $link }
    }
page-book-title = Elija una hora
page-book-call = Le llama uno de nosotros.
page-book-visit = Su visita a nuestra tienda { $store }.
page-book-done = Está reservado
page-book-change = Elegir otra hora
page-book-cancel = Anular
page-book-taken = Alguien fue más rápido: esa hora ya no está. Elija otra, por favor.
page-book-none = No queda ninguna hora libre. Escríbanos y encontraremos una.

# Pasar el caso
desk-hand = Pasar el caso
desk-hand-to = A
desk-hand-there = Ahora en su puesto
desk-hand-teams = Equipos
desk-hand-team = Quien antes pueda de { $team }
desk-hand-others = Ahora no están
desk-hand-why = Por qué
desk-hand-why-skill = Hace falta quien lo conozca
desk-hand-why-language = Otro idioma
desk-hand-why-decision = Hace falta una decisión
desk-hand-why-shift = Termina mi turno
desk-hand-why-complaint = Reclamación
desk-hand-why-reassigned = Reasignado
desk-hand-next = Siguiente paso
desk-hand-tried = Qué se intentó
desk-hand-promised = Prometido al cliente
desk-hand-by = Prometido en
desk-hand-within = { $hours ->
    [one] 1 hora
   *[other] { $hours } horas
    }
desk-hand-until = hasta { $at }
desk-hand-send = Pasar
desk-hand-accept = Aceptar
desk-hand-incomplete = No se ha pasado: diga a quién, por qué y cuál es el siguiente paso.
desk-handed-by = De { $name } a { $to }
desk-reason-handed-on = Lo ha pasado un compañero.
desk-reason-unheard = Nos escribió y nadie le ha respondido.
handed-on-text = { $to ->
    [person] { $name } sigue con usted desde aquí y sabe lo que nos contó.
   *[team] Un compañero sigue con usted desde aquí y sabe lo que nos contó.
    }

# El equipo
desk-team = El equipo
desk-team-lead = Quién está y quién tiene qué. Abra un caso para pasarlo a otra persona.
desk-team-waiting = Pasados y aún sin aceptar
desk-team-nothing = Nada entre manos.
desk-team-since = desde las { $since }
desk-there-available = Libre
desk-there-busy = Ocupado
desk-there-away = Ausente
desk-there-gone = No está

# Cómo terminó
desk-wrap = ¿Cómo terminó?
desk-wrap-note = Una nota, si hay más que decir
desk-wrap-said = Cómo terminó
desk-wrap-was = Último cierre: { $ending }, { $at }.
desk-wraps = Cierres pendientes
desk-wraps-lead = Conversaciones que dejó sin decir cómo terminaron.
desk-wraps-none = No queda nada pendiente. Gracias.
desk-wraps-open = { $count ->
    [one] 1 cierre pendiente
   *[other] { $count } cierres pendientes
    }
desk-ending-resolved = Resuelto
desk-ending-follow-up = Hay que seguir
desk-ending-customer-returns = El cliente vuelve
desk-ending-handed-on = Pasado
desk-ending-no-answer = No contesta
desk-ending-wrong-number = Número equivocado

# Un detalle con el cliente
desk-gift = Compensación
desk-gift-left = quedan { $left }
desk-gift-what = Dar
desk-gift-credit = Abono en la factura
desk-gift-data-5 = 5 GB de datos
desk-gift-data-20 = 20 GB de datos
desk-gift-amount = Importe del abono ({ $currency })
desk-gift-why = Por qué
desk-gift-beyond = Más allá del presupuesto, hasta { $left }
desk-gift-send = Darlo
desk-gift-over = Es más de lo que queda en el presupuesto: { $left }. No se ha dado nada.
desk-gift-no-amount = No se ha dado nada: eso no es un importe.
desk-gift-why-needed = No se ha dado nada: más allá del presupuesto hace falta un motivo.
gift-text = { $gift ->
    [credit] Con nuestras disculpas: hemos descontado { $cost } de { $bill ->
        [open] su factura pendiente.
        [both] su factura pendiente y, lo que sobre, de la próxima.
       *[next] su próxima factura.
        }
    [data-5] Con nuestras disculpas: desde ahora tiene 5 GB de datos extra.
   *[data-20] Con nuestras disculpas: desde ahora tiene 20 GB de datos extra.
    }

# Empezar, anular
desk-start = Empezar algo nuevo
desk-start-send = Empezar
desk-call-off = Anular el caso
desk-call-off-reason = ¿Por qué el cliente ya no lo quiere?
desk-call-off-why = No se ha anulado: hace falta un motivo.
desk-call-off-send = Anularlo

# Por qué miran
desk-why = ¿Por qué abre esto?
desk-why-lead = Aquí nadie ha pedido ayuda; su motivo se guarda con su nombre. Vale media hora.
desk-why-note = Su motivo
desk-why-open = Abrir
desk-why-short = Unas palabras más, por favor.
desk-why-caller = El cliente está al teléfono
desk-why-asked = El cliente nos pidió mirarlo
desk-why-team = Un compañero me pidió ayuda

# Partes de la página
desk-part-now = Ahora
desk-part-answers = Respuestas
desk-part-do = Hacer
desk-part-story = Historia

desk-whose = De quién
desk-whose-all = Todos
desk-whose-mine = Míos y de mi equipo

# Teclas
desk-key-g = compensación
desk-key-w = cierres pendientes
desk-key-v = reservar una hora
desk-key-o = pasar el caso
desk-key-e = anular el caso
desk-key-z = volver al caso
desk-key-numbers = cómo terminó, o por qué mira

# La historia
timeline-booked = { $kind ->
    [call] { $who } reservó una llamada para el { $when }.
   *[visit] { $who } reservó una visita a la tienda { $store } para el { $when }.
    }
timeline-unbooked = { $kind ->
    [call] { $who } anuló la llamada del { $when }.
   *[visit] { $who } anuló la visita a la tienda { $store } del { $when }.
    }
timeline-handed-on = { $who } pasó el caso a { $to }. Siguiente paso: { $next-step }
timeline-gave = { $gift ->
    [credit] { $who } dio al cliente un abono de { $cost } en { $bill ->
        [open] la factura pendiente.
        [both] la factura pendiente y la próxima.
       *[next] la próxima factura.
        }
    [data-5] { $who } dio al cliente 5 GB de datos.
   *[data-20] { $who } dio al cliente 20 GB de datos.
    }
timeline-wrapped-up = { $note ->
    [none] { $who } anotó cómo terminó: { $ending ->
        [resolved] quedó resuelto.
        [follow-up] hay que seguir.
        [customer-returns] el cliente vuelve.
        [handed-on] se pasó a otra persona.
        [no-answer] no contestó nadie.
       *[wrong-number] el número era equivocado.
        }
   *[other] { $who } anotó cómo terminó: { $ending ->
        [resolved] quedó resuelto.
        [follow-up] hay que seguir.
        [customer-returns] el cliente vuelve.
        [handed-on] se pasó a otra persona.
        [no-answer] no contestó nadie.
       *[wrong-number] el número era equivocado.
        } "{ $note }"
    }
timeline-to-be-called-off = { $who } anula el caso por el cliente. Motivo: { $because }
