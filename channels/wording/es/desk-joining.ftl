# Dos fichas que son una persona, y mensajes que aún no son de nadie.

status-joined = sigue en su otra solicitud
state-joined = Esto sigue en su otra solicitud: { $moment }.
desk-status-joined = Sigue en otro caso
desk-key-u = la misma persona que otra

# La historia de un caso
timeline-joined = El caso sigue en otro.
timeline-went-on = { $who } vio que este es el segundo caso de la misma persona. Siguió en el otro.
timeline-joined-by = { $who } unió a este el segundo caso de la misma persona.
timeline-brought = { $who } había dado { $label } en el otro caso: { $value }. Se ha tomado de allí.
timeline-parted-from = { $who } volvió a separar los dos casos. Lo que vino del otro se pregunta de nuevo.
timeline-came-back = { $who } volvió a separar los dos casos. Este sigue donde estaba.
timeline-closed-for-good = El caso se ha cerrado del todo: desde hace 30 días sigue en otro.

# En un caso
desk-same = La misma persona
desk-same-as = La misma persona que otra
desk-same-went-on = Este caso siguió en otro.
desk-same-there = Ir allí
desk-same-by = Unido por { $name }, { $at }.
desk-same-took = Un segundo caso de esta persona siguió en este. Unido por { $name }, { $at }.
desk-same-look = Ver o deshacer

# Encontrar a la otra
desk-join = La misma persona que otra
desk-join-lead = Busque la otra ficha de esta persona. Nada cambia antes de que haya visto las dos juntas.
desk-join-find = ¿Quién más es?
desk-join-search = Buscar
desk-join-found = { $count ->
    [0] No se encontró a nadie más
    [one] Se encontró a 1 cliente más
   *[other] Se encontraron { $count } clientes más
    }
desk-join-cases = { $count ->
    [0] Sin casos
    [one] 1 caso
   *[other] { $count } casos
    }
desk-join-compare = Comparar
desk-join-past = Unidas antes
desk-join-parted = Deshecho por { $name }

# Lado a lado
desk-join-preview = ¿Son una sola persona?
desk-join-preview-lead = Aún no ha cambiado nada. Esto es lo que hay, y lo que ocurriría.
desk-join-keeps = Esta ficha se queda. La otra pasa a formar parte de ella.
desk-join-goes = Esta ficha pasa a formar parte de la otra. No se pierde nada.
desk-join-addresses = Cómo contactar
desk-join-passes = Códigos y enlaces aún válidos
desk-join-answers = { $count ->
    [0] nada respondido aún
    [one] 1 respuesta
   *[other] { $count } respuestas
    }
desk-join-no-open = Ningún caso abierto
desk-join-closed = { $count ->
    [one] y 1 caso cerrado, que queda como está
   *[other] y { $count } casos cerrados, que quedan como están
    }
desk-join-becomes = Qué ocurre
desk-join-all = Todos los casos, respuestas, archivos y mensajes de las dos pasan a ser de una persona. Nada se reescribe.
desk-join-one-case = Dos casos abiertos pasan a ser uno.
desk-join-apart = Los dos casos siguen abiertos.
desk-join-why-done = Se queda aquel en el que ya se hizo algo.
desk-join-why-person = Se queda el que está con uno de nosotros.
desk-join-why-answers = Se queda el que tiene más respuestas.
desk-join-why-later = Se queda el de los pasos más recientes.
desk-join-why-both-done = En cada uno ya se hizo algo, que no debe hacerse dos veces ni perderse.
desk-join-question = Pregunta
desk-join-stays = En el caso que se queda
desk-join-other = En el otro caso
desk-join-what = Qué será de ello
desk-join-fate-taken = Se toma
desk-join-fate-kept = Queda como está
desk-join-fate-replaced = Vale la respuesta posterior
desk-join-fate-left = Se pregunta de nuevo si hace falta
desk-join-ways = Toda respuesta, código, enlace y llamada de cualquiera de las dos lleva al caso que sigue.
desk-join-differ = En qué se diferencian
desk-join-differ-lead = Lo más reciente está marcado. Elija qué vale desde ahora.
desk-join-sure = Antes de unirlas
desk-join-sure-of = He comprobado quién es { $name }
desk-join-reason = ¿Cómo sabe que son una sola persona?
desk-join-do = Unirlas
desk-join-not = No son una sola persona
desk-join-undo-hint = Se puede deshacer durante 30 días.
desk-join-needs-reason = No se cambió nada: diga por qué, por favor.
desk-join-needs-sure = No se cambió nada: compruebe antes quiénes son las dos personas.
desk-join-held = { $names } tiene uno de estos casos. Pida antes que lo suelte.
desk-join-not-now = No es seguro que se haya hecho. Mire de nuevo en un momento.

# Unidas, y separadas
desk-joined = Ahora son una persona
desk-parted = Vuelven a ser dos personas
desk-parted-by = Deshecho por { $name }, { $at }.
desk-parted-cases = Vuelven a ser dos casos.
desk-join-due = Ahora mismo no se puede llegar a los casos. Seguirán por sí solos.
desk-joined-what = Qué ocurrió
desk-joined-one-case = Dos casos abiertos pasaron a ser uno.
desk-joined-no-cases = No tenían ningún caso abierto del mismo tipo. No cambió nada más.
desk-joined-person = A esta persona
desk-joined-other = A la otra persona
desk-unjoin = Deshacer
desk-unjoin-left = { $count ->
    [0] Se puede hasta hoy.
    [one] Se puede durante 1 día más.
   *[other] Se puede durante { $count } días más.
    }
desk-unjoin-back = Los números y direcciones vuelven a quien pertenecían.
desk-unjoin-cases = El caso que estaba en espera sigue donde estaba. Lo que se tomó de él se pregunta de nuevo.
desk-unjoin-since = { $moment }: { $count ->
    [one] desde entonces ha ocurrido 1 cosa. Queda donde ocurrió.
   *[other] desde entonces han ocurrido { $count } cosas. Quedan donde ocurrieron.
    }
desk-unjoin-opened = { $moment }, empezado { $at }, se queda con esta persona.
desk-unjoin-doors = Quien tenga una sesión abierta debe volver a entrar, y los códigos y enlaces enviados desde entonces dejan de valer: nadie sabe a cuál de las dos llegaron.
desk-unjoin-reason = ¿Por qué se deshace?
desk-unjoin-do = Que vuelvan a ser dos personas
desk-unjoin-not-yours = Solo { $name } o un supervisor pueden deshacerlo.
desk-unjoin-too-late = Ya no se puede deshacer: han pasado 30 días, o una unión posterior se apoya en esta.

# Mensajes que aún no son de nadie
desk-unplaced = Mensajes sin dueño
desk-unplaced-count = { $count ->
    [0] Ningún mensaje sin dueño
    [one] 1 mensaje sin dueño
   *[other] { $count } mensajes sin dueño
    }
desk-unplaced-lead = No se encontró a nadie para estos. Diga de quién son, o déjelos aparte.
desk-unplaced-none = No espera ningún mensaje
desk-unplaced-none-lead = Un mensaje que no es de nadie aparece aquí.
desk-unplaced-one = Mensaje sin dueño
desk-unplaced-no-subject = Sin asunto
desk-unplaced-no-sender = Sin remitente
desk-unplaced-aside = Dejados aparte
desk-unplaced-aside-by = Dejado aparte por { $name }:
desk-unplaced-words = Qué dice
desk-unplaced-sealed = Ya no se puede abrir.
desk-unplaced-empty = No contiene palabras.
desk-unplaced-files = { $count ->
    [one] 1 archivo
   *[other] { $count } archivos
    }
desk-unplaced-whose = ¿De quién es?
desk-unplaced-whose-lead = Se responde entonces como cualquier mensaje suyo. La respuesta va a una dirección registrada.
desk-unplaced-on-file = Esta dirección está registrada para:
desk-unplaced-find = ¿De quién puede ser?
desk-unplaced-about = ¿De qué trata?
desk-unplaced-any-case = Lo que corresponda
desk-unplaced-assign = Es de { $name }
desk-unplaced-nobodys = No es de nadie
desk-unplaced-reason = ¿Por qué?
desk-unplaced-put-aside = Dejarlo aparte
desk-unplaced-was-assigned = { $name } ya dijo de quién es.
desk-unplaced-unreadable = No se puede leer, así que no se puede responder. Déjelo aparte, o escriba al cliente.
desk-unplaced-told-assigned = Asignado. Se está respondiendo.
desk-unplaced-told-aside = Dejado aparte.
desk-unplaced-told-already = Alguien fue más rápido: ya estaba atendido.
desk-unplaced-why-unreadable = No se pudo leer.
desk-unplaced-why-too-large = Era demasiado grande para tomarlo entero.
desk-unplaced-why-no-sender = No nombra a un solo remitente.
desk-unplaced-why-not-proved = El dominio del remitente no responde por él: podría haberlo escrito cualquiera.
desk-unplaced-why-wrong-token = Se envió a una dirección de respuesta que es de otra persona, o que no es nuestra.
desk-unplaced-why-too-many = El mismo remitente ha escrito demasiado en una hora.
desk-unplaced-why-no-such-case = El caso al que responde no es suyo, o no existe.
desk-unplaced-why-failed = Algo nuestro falló mientras se leía.
desk-unplaced-why-other = No se encontró a nadie.
