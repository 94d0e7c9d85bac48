# El puesto de los agentes: lo que lee el propio personal de la empresa.

desk-title = Puesto
desk-find = Buscar a un cliente o un caso
desk-find-hint = Nombre, número, correo, pedido, factura, caso o palabras de una nota
desk-found = { $count ->
    [0] No se encontró a nadie
    [one] 1 cliente encontrado
   *[other] { $count } clientes encontrados
    }
desk-found-for = Usted buscó "{ $typed }".
desk-found-none = No se encontró a nadie. Pruebe con las cuatro últimas cifras del número, otra palabra del nombre o una palabra que alguien anotó.
desk-no-name = Sin nombre
desk-no-address = Sin número ni dirección
desk-no-case = Ningún caso abierto
desk-no-cases = Todavía no hay ningún caso.
desk-queue = Quién espera
desk-queue-lead = Primero quien más pierde esperando. Esta lista se actualiza sola.
desk-queue-none = Nadie está esperando
desk-queue-none-lead = Quien necesite a uno de nosotros aparece aquí por sí solo.
desk-queue-more = Detrás esperan { $count } más.
desk-held-by = Lo tiene { $name }
desk-looking = { $name } también lo mira
desk-minutes = { $count } min
desk-hours = { $count } h
desk-days = { $count ->
    [one] 1 día
   *[other] { $count } días
    }

# Por qué primero
desk-reason-starving = Ha esperado demasiado.
desk-reason-urgent = Urgente.
desk-reason-person = Pidió hablar con una persona.
desk-reason-unhappy = Está descontento.
desk-reason-promise = Espera más de lo prometido.
desk-reason-stuck = Segue no puede seguir por sí solo.
desk-reason-value = Un cliente importante.
desk-reason-handed-over = Nos lo pasaron.
desk-reason-uncertain = No es seguro que un paso se haya hecho.
desk-reason-silent = Se quedó callado a la mitad.
desk-signal-wording = Sus palabras suenan a molestia.
desk-signal-low-rating = Nos dio una calificación baja.
desk-signal-repeat = Vuelve con lo mismo a los pocos días.
desk-signal-loop = Está dando vueltas.
desk-signal-asked-twice = Preguntamos lo mismo dos veces.
desk-signal-unreadable = No entendimos dos respuestas seguidas.
desk-signal-dropped-call = La llamada se cortó a la mitad.
desk-signal-silence = Calla desde que le hicimos esperar.

# Cómo está un caso
desk-status-open = En curso
desk-status-parked = Espera al cliente
desk-status-with-a-person = Nos espera
desk-status-stuck = Atascado
desk-status-uncertain = En revisión
desk-status-finished = Hecho
desk-status-cancelled = Cancelado
desk-status-expired = Cerrado

# Quién lo tiene
desk-take = Tomar el caso
desk-take-from = Quitárselo a { $name }
desk-take-first = Tome el caso para completar esto.
desk-mine = Usted tiene este caso
desk-release = Soltar
desk-send-next = enviar la siguiente pregunta al cliente
desk-claimed = { $name } tiene este caso desde las { $since }. Lo que usted envió no se tomó.
desk-has-it = { $name } tiene este caso desde las { $since }.
desk-not-yours = Este caso ya no está en sus manos, así que no se cambió nada. Tómelo para seguir.

# El caso
desk-say = Diga
desk-next = Lo siguiente
desk-who = Quién es
desk-name = Nombre
desk-phone = Teléfono
desk-email = Correo
desk-language = Idioma
desk-answers = Ya respondido
desk-answers-none = Nada todavía.
desk-unasked = No se volvió a preguntar: lo sabíamos { $how }.
desk-assurance-agent = según nuestro equipo
desk-assurance-claimed = sin confirmar
desk-assurance-possession = confirmado por teléfono o enlace
desk-assurance-verified = identidad revisada
desk-correct = Corregir
desk-correct-of = Corregir { $label }
desk-correct-send = Retirarlo y preguntar otra vez
desk-correction-remark = Corrección de { $label }: { $reason }
desk-reason = ¿Por qué se corrige?
desk-reason-needed = No se cambió nada: una corrección necesita un motivo.
desk-story = Todo hasta ahora
desk-files = Archivos
desk-closed = Este caso está cerrado.
desk-promised = Se le prometió una llamada hace { $ago }.
desk-called = Ya llamé
desk-note = Una nota para los compañeros
desk-note-send = Guardar la nota
desk-note-empty = La nota estaba vacía.

# Qué se puede hacer
desk-do = Más acciones
desk-do-reveal = Mostrar completo
desk-do-call = Llamar con Segue
desk-do-call-back = Prometer una llamada
desk-do-code = Código para leer
desk-do-link = Enviar un enlace
desk-code-is = Léalo en voz alta. Abre el caso una vez, durante 15 minutos:
desk-told-sent = Enviado al cliente.
desk-told-not-sent = Usted soltó el caso. La pregunta no se pudo enviar ahora; el cliente puede seguir cuando quiera.
desk-told-calling = Segue está llamando al cliente.
desk-told-promised = Prometido. Queda en la lista hasta que alguien llame.
desk-told-noted = La nota está guardada.
desk-told-released = Usted soltó el caso.
desk-told-called = La promesa ya no está en la lista.
desk-told-nowhere = No tenemos un número para eso.
because-card-elsewhere = Una tarjeta nueva no se puede escribir aquí. Envíe un enlace al cliente: la agrega en nuestra página segura.

# Teclas
desk-keys = Teclas
desk-keys-on = Las teclas funcionan
desk-close = Cerrar
desk-key-slash = buscar
desk-key-q = la lista
desk-key-j = el siguiente
desk-key-k = el anterior
desk-key-enter = abrirlo
desk-key-t = tomar el caso
desk-key-l = soltar
desk-key-a = a la pregunta
desk-key-n = escribir una nota
desk-key-c = llamar con Segue
desk-key-b = prometer una llamada
desk-key-p = código para leer
desk-key-s = enviar un enlace
desk-key-r = mostrar direcciones
desk-key-question = este resumen
desk-key-escape = salir de un campo
