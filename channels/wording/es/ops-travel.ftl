# Travel: a case at any point of its history, for whoever looks after it.
# at, place: a point, "1.35" is run 1, event 35 · event: an event's number

ops-travel = Recorrido
ops-travel-lead = Vea un caso tal como estaba después de cualquier evento de su historia.
ops-travel-case = Caso
ops-travel-case-hint = momento/cliente/número, como en su dirección y su enlace
ops-travel-go = Ir allí
ops-travel-upload = O abra una historia exportada
ops-travel-upload-lead = JSON de las páginas de Temporal o de `temporal workflow show --output json`. Una ejecución; la orden acepta todas las de un caso: segue ops travel CASE --file. Se lee aquí y se guarda dos minutos.
ops-travel-files = Archivo de historia
ops-travel-open = Abrir
ops-travel-unknown = No hay historia de ese caso: revise el identificador, o puede haberse retirado al acabar su plazo.
ops-travel-not-history = Eso no es la historia exportada de un caso.
ops-travel-large = Es más de lo que se puede recibir aquí. Use la orden: segue ops travel --file
ops-travel-gone = Ese archivo ya no está aquí. Ábralo de nuevo.

ops-travel-point = Punto { $number } de { $count }
ops-travel-runs = { $count ->
    [one] una ejecución
   *[other] { $count } ejecuciones
    }
ops-travel-events = { $count ->
    [one] un evento
   *[other] { $count } eventos
    }
ops-travel-taken = Según estaba a las { $at }
ops-travel-again = Mirar de nuevo
ops-travel-missing = Sus primeras ejecuciones ya no están en el servidor: esto es lo que queda.
ops-travel-first = Primero
ops-travel-back = Atrás
ops-travel-next = Siguiente
ops-travel-last = Último
ops-travel-trouble-next = Siguiente problema
ops-travel-keys = Teclas: izquierda y derecha avanzan, Inicio y Fin van a los extremos, T al siguiente problema, M marca un punto para comparar.
ops-travel-slider = Punto de la historia
ops-travel-jump = Ir al evento
ops-travel-points = Todos los puntos
ops-travel-run = Ejecución { $run }
ops-travel-event = evento { $event }

ops-travel-fine = El código de aquí hace exactamente lo que se hizo.
ops-travel-parted = En el evento { $event } la historia y el código de aquí se separan.
ops-travel-parted-quietly = En el evento { $event } el código de aquí responde otra cosa que la que se respondió. Temporal no ve diferencia; el cliente sí la vería.
ops-travel-expected = La historia tiene
ops-travel-got = El código hace
ops-travel-line = El guion está en
ops-travel-last-good = Último punto bueno
ops-travel-parted-before = Fue en una ejecución anterior. El caso sigue en una más nueva: el último punto muestra dónde está.
ops-travel-to-parting = Donde se separan
ops-travel-undecodable = No se puede leer nada de este caso: su clave ya no existe o es de otro lugar. Estos son sus eventos, sin contenido.
ops-travel-broken = El código de aquí no pudo reproducir este caso hasta el final ({ $error }). Se muestra lo que se vio hasta entonces.
ops-travel-no-moment = El código de aquí no tiene ese momento. Estos son sus eventos, sin contenido.
ops-travel-empty = En este caso aún no se ha ejecutado nada.
ops-travel-standing-apart = Aquí se separan: esto es lo que hace el código, no lo que vio el cliente.
ops-travel-standing-beyond = Después de la separación: solo se conocen los eventos.
ops-travel-standing-sealed = Aquí solo se pueden leer los eventos.

ops-travel-trouble-apart = se separa aquí
ops-travel-trouble-failed = falló
ops-travel-trouble-stuck = atascado
ops-travel-trouble-uncertain = incierto

ops-travel-asks = Qué preguntaba
ops-travel-asks-nothing = Aquí no preguntaba nada.
ops-travel-waits = Espera
ops-travel-revision = revisión { $revision }
ops-travel-as-seen = Como lo tenía el cliente ({ $channel })
ops-travel-knows = Qué sabía
ops-travel-knows-nothing = Aún nada.
ops-travel-told = Qué se le había dicho al cliente
ops-travel-told-nothing = Aún nada.
ops-travel-told-new = nuevo aquí
ops-travel-told-later = aún sin enviar
ops-travel-happened = Qué pasó aquí
ops-travel-happened-nothing = Nada para el relato.
ops-travel-raw = Eventos
ops-travel-script = Guion
ops-travel-payloads = Mostrar lo que contienen los eventos
ops-travel-payloads-lead = Lo que contienen los eventos, abierto. Queda anotado que usted lo miró.
ops-travel-payloads-shut = no se puede abrir
ops-travel-agreed = de acuerdo
ops-travel-time-passed = el plazo había pasado

ops-travel-kind-answer = respuesta
ops-travel-kind-step = paso
ops-travel-kind-undone = deshecho
ops-travel-kind-confirm = de acuerdo
ops-travel-kind-event = noticia
ops-travel-kind-date = fecha

ops-travel-compare = Comparar
ops-travel-compare-from = Comparar con
ops-travel-compare-mark = Marcar este punto
ops-travel-compared = De { $first } a { $second }
ops-travel-compared-nothing = Nada difiere.
ops-travel-compare-end = Dejar de comparar
ops-travel-was = Era
ops-travel-now = Es
ops-travel-change-status = Estado
ops-travel-change-line = Línea del guion
ops-travel-change-asked = Pregunta
ops-travel-change-answer = Respuesta
ops-travel-change-step = Paso
ops-travel-change-told = Dicho
ops-travel-change-waits = Espera
ops-travel-change-held = Anotado
