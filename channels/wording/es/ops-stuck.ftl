# Casos atascados y su reparación: lo que oye el cliente, lo que dice su historia y las páginas de operaciones.

told-ended = No hemos podido terminar { $moment } y lo hemos cerrado. Lo que ya se hizo queda hecho. Puede empezar de nuevo cuando quiera.
timeline-retried = { $name ->
    [none] Operaciones hizo que se intentara de nuevo. Motivo: { $note }
   *[other] { $name }, de operaciones, hizo que se intentara de nuevo. Motivo: { $note }
    }
timeline-supplied = { $name ->
    [none] Operaciones saltó el paso "{ $step }" con un resultado propio. Motivo: { $note }
   *[other] { $name }, de operaciones, saltó el paso "{ $step }" con un resultado propio. Motivo: { $note }
    }
timeline-reset = { $name ->
    [none] Operaciones devolvió el caso a un punto anterior ({ $place }). Motivo: { $note }
   *[other] { $name }, de operaciones, devolvió el caso a un punto anterior ({ $place }). Motivo: { $note }
    }
timeline-ended = { $name ->
    [none] Operaciones terminó el caso. Lo hecho queda hecho. Motivo: { $note }
   *[other] { $name }, de operaciones, terminó el caso. Lo hecho queda hecho. Motivo: { $note }
    }

ops-stuck-lead = Casos que no pueden seguir solos, y los que tardan más que 99 de cada 100 en el mismo paso. Primero el más antiguo.
ops-stuck-none = No hay nada atascado.
ops-stuck-count = { $count ->
    [one] 1 caso
   *[other] { $count } casos
    }
ops-stuck-all = Todos
ops-stuck-case = Caso
ops-stuck-why = Motivo
ops-stuck-since = Desde
ops-stuck-heard = Lo último que oyó el cliente
ops-stuck-heard-none = Nada todavía
ops-stuck-do = Reparar
ops-stuck-away = Sin consultar: Temporal no responde. Lo que se ve viene del diario.
ops-stuck-choose = Elegir { $case }
ops-stuck-choose-all = Elegir todos los de la lista
ops-stuck-at = En { $key }
ops-stuck-usual = lo normal: { $usual }
ops-stuck-attempts = { $count ->
    [one] 1 intento
   *[other] { $count } intentos
    }

ops-stuck-kind-bug = El guion se rompió
ops-stuck-kind-away = La empresa no respondió
ops-stuck-kind-uncertain = No se sabe si ocurrió
ops-stuck-kind-retrying = Se intenta una y otra vez
ops-stuck-kind-task-failing = El código y la historia difieren
ops-stuck-kind-slow = Más lento de lo normal
ops-stuck-kind-message = Mensaje en duda
ops-stuck-means-bug = El guion dio { $error } en { $where }. Corríjalo, despliéguelo e inténtelo de nuevo: el caso sigue donde estaba.
ops-stuck-means-away = Una consulta no respondió a tiempo. Cuando la empresa vuelva, inténtelo de nuevo, o salte el paso con lo que debía decir.
ops-stuck-means-uncertain = El paso puede haber ocurrido o no. Segue lo intenta cada 15 minutos con la misma clave, así que nada ocurre dos veces. Si sigue así: mire en los libros de la empresa y salte el paso con el resultado que encuentre.
ops-stuck-means-retrying = El paso falla con { $error } y se intenta de nuevo. Inténtelo ya cuando la causa haya pasado, o sáltelo.
ops-stuck-means-task-failing = Ningún proceso puede reproducir esta historia: el código desplegado no encaja. El viaje muestra dónde difieren. Despliegue el que encaje, o devuelva el caso al último punto bueno.
ops-stuck-means-slow = No hay nada roto: nadie ha respondido. Mire a quién le toca antes de hacer nada.
ops-stuck-means-message = Un proveedor no confirmó un mensaje. Se consulta, y nunca se envía dos veces.

ops-repair = Reparar
ops-repair-jobs = Reparaciones
ops-repair-jobs-none = Todavía no hay reparaciones.
ops-repair-action = Qué hacer
ops-repair-retry = Intentarlo ya
ops-repair-retry-lead = Hace que el paso se intente, o que el guion siga, en el acto.
ops-repair-skip = Saltar un paso con un valor
ops-repair-skip-lead = El paso cuenta como hecho con este resultado. Debe encajar con el tipo del paso; el caso lo comprueba.
ops-repair-reset = Devolver a un punto
ops-repair-reset-lead = Lo que se respondió después se pregunta de nuevo. Lo que se dijo no se repite. No es posible antes de un paso que tuvo efecto.
ops-repair-terminate = Terminarlo
ops-repair-terminate-lead = El caso se detiene donde está. Lo hecho queda hecho. El cliente puede empezar de nuevo.
ops-repair-key = Paso
ops-repair-value = Su resultado, en JSON
ops-repair-value-wrong = Esto no es JSON. Los textos van entre comillas dobles.
ops-repair-shape = Lo que da este paso. Ponga el valor real en lugar de cada palabra.
ops-repair-place = Punto
ops-repair-place-last = El último bueno
ops-repair-word = Avisar al cliente
ops-repair-why = Motivo
ops-repair-why-hint = Se guarda para siempre, con su nombre. Al menos 5 caracteres.
ops-repair-why-short = Diga el motivo, en al menos 5 caracteres.
ops-repair-none = Elija al menos un caso.
ops-repair-many = Como mucho { $count } casos a la vez.
ops-repair-rate = Casos por minuto
ops-repair-try = Mostrar qué haría
ops-repair-go = Hacerlo
ops-repair-go-count = { $count ->
    [one] Hacerlo en 1 caso
   *[other] Hacerlo en { $count } casos
    }
ops-repair-dry = Qué haría
ops-repair-dry-lead = Todavía no se ha cambiado nada. { $count ->
    [0] Ninguno de estos casos se puede reparar así.
    [one] Se repararía 1 caso.
   *[other] Se repararían { $count } casos.
    } { $not ->
    [0] { "" }
    [one] 1 quedaría como está.
   *[other] { $not } quedarían como están.
    }
ops-repair-stop = Parar
ops-repair-go-on = Seguir
ops-repair-back = Volver
ops-repair-of = { $done } de { $total }
ops-repair-trouble = { $count } sin reparar
ops-repair-idle = Ya nadie lo hace: el servidor que lo hacía se fue. Siga, o déjelo.
ops-repair-by = { $name }, { $at }
ops-repair-open = Reparar este caso
ops-repair-who = Quién
ops-repair-how = Avance
ops-repair-result = Resultado
ops-job-running = En marcha
ops-job-stopping = Parando
ops-job-stopped = Parada
ops-job-done = Hecha
ops-outcome-waiting = Espera
ops-outcome-would = Se haría
ops-outcome-done = Hecho
ops-outcome-refused = Sin tocar
ops-outcome-failed = Falló
ops-repaired-ok = { $about ->
    [none] Se puede hacer.
   *[other] Se puede hacer: { $about }
    }
ops-repaired-closed = El caso ya está cerrado.
ops-repaired-gone = No existe ese caso, o nada se ejecuta para él.
ops-repaired-joined = Sigue en otro caso; repare ese.
ops-repaired-not-broken = No hay nada roto, y ningún paso espera otro intento.
ops-repaired-no-such-step = El caso no está en ningún paso con ese nombre.
ops-repaired-step-done = Ese paso ya está hecho.
ops-repaired-value = El valor no encaja con lo que da el paso.
ops-repaired-effects = Después de ese punto un paso tuvo efecto, y olvidarlo no lo deshace.
ops-repaired-effect-uncertain = Un paso puede haber tenido efecto. Resuélvalo antes: inténtelo de nuevo o sáltelo.
ops-repaired-no-point = No hay un punto así en el que el caso estuviera en reposo y bien.
ops-repaired-moved-on = El caso avanzó entretanto. Mire otra vez e inténtelo de nuevo.
ops-repaired-no-answer = El caso no respondió: su tarea falla, o ya no hay procesos de su versión. Devolverlo a un punto lo pasa a la versión actual.
ops-repaired-went-on = Sigue adelante.
ops-repaired-working = Está en ello. Mire los parados otra vez en un minuto.
ops-repaired-still-broken = Se intentó, y se rompió otra vez.
ops-repaired-hurried = El paso se está intentando ahora.
ops-repaired-skipped = Saltado: { $about }
ops-repaired-reset = Devuelto a { $about }
ops-repaired-ended = Terminado. Aviso al cliente: { $about }
ops-repaired-error = Falló con { $about }.
ops-repaired-other = { $about }
