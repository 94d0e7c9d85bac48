# La historia de un caso, una frase por fila del diario, para quien tenga que leerla.
# who: "Cliente (por mensaje de texto)" · label, value, was: una respuesta · reason: una frase completa, o none

actor-customer = Cliente
actor-agent = Agente
actor-company = La empresa
actor-segue = Segue
who = { $actor } ({ $how })

timeline-arrived = { $who } se comunicó para { $moment }.
timeline-asked = { $who } preguntó: { $label }.
timeline-answered = { $who } respondió a "{ $label }": { $value }.
timeline-corrected = { $was ->
    [none] { $who } cambió "{ $label }" a { $value }.
   *[other] { $who } cambió "{ $label }" de { $was } a { $value }.
    }
timeline-withdrawn = { $who } retiró "{ $label }".
timeline-known = No se volvió a preguntar "{ $label }", porque ya se sabía: { $value }.
timeline-confirmed = { $list ->
    [none] { $who } aceptó: { $label }.
   *[other] { $who } aceptó esto: { $list }.
    }
timeline-held = { $who } no aceptó "{ $label }", y se le preguntó qué debe cambiar.
timeline-refused = { $reason ->
    [none] No se aceptó "{ $label }", así que se volvió a preguntar.
   *[other] No se aceptó "{ $label }", así que se volvió a preguntar. Motivo: { $reason }
    }
timeline-did = { $refused ->
    [yes] { $reason ->
        [none] El paso "{ $step }" fue rechazado.
       *[other] El paso "{ $step }" fue rechazado. Motivo: { $reason }
        }
   *[no] Paso hecho: { $step }.
    }
timeline-undid = Paso deshecho: { $step }.
timeline-told = Se le informó al cliente: { $notice }
timeline-remarked = { $who } dijo además: "{ $text }"
timeline-remarked-put-through = Se pasó la llamada a { $text }.
timeline-remarked-took-call = { $text } atendió la llamada.
timeline-remarked-nobody-took = Nadie atendió la llamada; se prometió devolverla.
timeline-remarked-called = { $text } llamó al cliente.
timeline-waited = { $event ->
    [none] Se esperaron novedades, y se siguió.
   *[other] Se esperaron novedades: { $event }.
    }
timeline-left = { $who } se fue.
timeline-called-off = { $who } pidió cancelarlo.
timeline-parked = Nadie ha respondido por un tiempo, así que el caso espera a que el cliente vuelva.
timeline-reminded = Se le envió un recordatorio al cliente.
timeline-undelivered = No se pudo entregar un mensaje al cliente.
timeline-handed-over = El caso se pasó a una persona.
timeline-with-a-person = El caso está con una persona.
timeline-claimed = { $who } tomó el caso a su cargo.
timeline-released = { $who } dejó el caso.
timeline-taken-back = { $who } retomó el caso.
timeline-claim-ended = Ya nadie del equipo tiene el caso a su cargo.
timeline-rated = { $score ->
    [none] { $who } dio una calificación.
   *[other] { $who } nos dio un { $score } de { $of }.
    }
timeline-stuck = Segue no pudo seguir por sí mismo; una persona tiene que ver el caso.
timeline-uncertain = No es seguro que un paso haya tenido efecto; se está verificando.
timeline-cancelled = El caso se canceló.
timeline-expired = El caso se cerró, porque el cliente no volvió.
timeline-finished = Listo: { $moment }.
timeline-other = { $who }: { $what } ({ $label }).
