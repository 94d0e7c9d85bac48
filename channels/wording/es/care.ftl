# Un caso en apuros: lo que se promete al cliente, lo que sigue y cómo lo ve el equipo.
# name: quién del equipo; by: hasta cuándo, con el día si no es hoy

told-care-promised = { $name ->
    [none] Una persona de nuestro equipo lo revisará y le escribirá o llamará antes de: { $by }.
   *[other] { $name }, de nuestro equipo, lleva su caso y le escribirá o llamará antes de: { $by }.
    }
    .phone = { $name ->
        [none] Una persona de nuestro equipo lo revisará y le llamará antes de: { $by }.
       *[other] { $name }, de nuestro equipo, lleva su caso y le llamará antes de: { $by }.
        }
told-care-late = Le prometimos una respuesta y no llegó a tiempo. Lo sentimos. Una persona responsable lleva su caso y le escribirá o llamará antes de: { $by }.
    .phone = Le prometimos una respuesta y no llegó a tiempo. Lo sentimos. Una persona responsable lleva su caso y le llamará antes de: { $by }.
care-sorry = Sentimos cómo ha ido esto. Una persona de nuestro equipo le llamará.
care-follow-up = Ayer le ayudamos con esto: { $doing }. ¿Va todo bien ahora? Responda con un número del 1 (nada bien) al 5 (muy bien).
# Cómo se escriben los números del 1 al 5, separados por comas.
care-numbers = uno, dos, tres, cuatro, cinco
front-rated = Gracias, nos alegra saber de usted.
front-rated-low = Lo sentimos. Una persona de nuestro equipo le llamará por ello.

# La historia. why: las señales, como lista
timeline-cared = { $name ->
    [none] El caso mostró que el cliente está en apuros ({ $why }). Se pidió ayuda a todo el equipo; plazo: { $by }.
   *[other] El caso mostró que el cliente está en apuros ({ $why }). Se pidió ayuda a { $name }; plazo: { $by }.
    }
timeline-escalated = { $level ->
    [1] Nadie ayudó a tiempo, así que el caso pasó a todo el equipo.
   *[other] Nadie ayudó a tiempo, así que el caso pasó a una persona responsable.
    }
timeline-helped = { $who } ha ayudado al cliente.
sign-person = pidió hablar con una persona
sign-wording = suena enfadado
sign-low-rating = dio una nota baja
sign-repeat = el problema volvió
sign-loop = dio vueltas sin avanzar
sign-asked-twice = se le preguntó dos veces lo mismo
sign-unreadable = no se le entendió
sign-dropped-call = se cortó la llamada
sign-silence = se le hizo esperar

# El puesto.
care-title = En apuros
care-yours = Este caso es suyo.
care-of = { $name } lleva este caso.
care-of-team = Cualquiera del equipo puede ayudar.
care-of-supervisor = Nadie ayudó a tiempo. Hace falta una persona responsable.
care-until = Prometido para: { $by }
care-left = { $minutes ->
    [one] Queda { $minutes } minuto
   *[other] Quedan { $minutes } minutos
    }
care-late = { $minutes ->
    [0] Vence ahora
    [one] { $minutes } minuto tarde
   *[other] { $minutes } minutos tarde
    }
care-why = Por qué
care-helped = Ayudado
care-helped-hint = Se ha ayudado al cliente, aquí o por otra vía: la promesa está cumplida.
care-take = Hacerme cargo
desk-told-helped = La promesa está cumplida.
desk-told-taken-on = El caso es suyo ahora.
care-mine = Esperan su ayuda
care-escalated = Nadie ayudó a tiempo
care-rated = Nota: { $score } de 5
desk-signal-person = Pidió hablar con una persona.
desk-reason-cared = Se le prometió una persona del equipo.
desk-reason-rated = { $comment ->
    [none] Nos dio un { $score } de { $of }.
   *[other] Nos dio un { $score } de { $of }: "{ $comment }"
    }
desk-reason-late = No se cumplió una promesa.
desk-key-i = hacerse cargo de quien está en apuros
desk-key-y = ayudado

# La página del cliente, cuando todo está hecho.
page-rate = ¿Cómo ha ido?
page-rate-hint = Del 1 (nada bien) al 5 (muy bien).
page-rate-score = { $score } de 5
page-rated = Gracias por decírnoslo.
page-rated-low = Lo sentimos. Una persona de nuestro equipo le llamará por ello.
