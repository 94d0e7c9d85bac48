# Páginas de quienes lo mantienen en marcha: su marco, y la salud de un vistazo.

ops-title = Operación
ops-zone = Las horas son las de { $zone }; las de los eventos, en UTC.
ops-places = Páginas de operación
ops-place-health = Salud
ops-place-cases = Casos
ops-place-stuck = Atascados
ops-place-travel = Viaje
ops-place-replays = Repeticiones
ops-place-deploys = Versiones
ops-place-people = Personas
ops-place-audit = Registro

ops-verdict-good = Todo va bien
ops-verdict-busy = Conviene mirar
ops-verdict-bad = Hace falta actuar ya
ops-up = responde
ops-away = no responde
ops-state-good = bien
ops-state-busy = conviene mirar
ops-state-bad = hace falta actuar
ops-figure-temporal = Temporal
ops-figure-database = Base de datos
ops-figure-workers = Procesos de trabajo
ops-figure-unanswered = Quien más nos espera
ops-figure-stuck = Casos atascados
ops-figure-outbox = Mensajes sin salir

ops-pace = Lo rápido que respondemos
ops-pace-lead = Última hora, según este servidor: { $count ->
    [one] un turno
   *[other] { $count } turnos
}, la mitad en { $p50 }, 95 de cada 100 en { $p95 }.
ops-pace-none = Ningún turno en la última hora en este servidor.
ops-pace-picture = Tiempo desde las palabras del cliente hasta la respuesta, por minuto en la última hora
ops-p50 = la mitad tarda menos
ops-p95 = 95 de 100 tardan menos
ops-turns = turnos
ops-minute = Minuto
ops-minutes-ago = { $count ->
    [0] ahora
   *[other] hace { $count } min
}
ops-stage-received = recibir
ops-stage-read = entender
ops-stage-answered = el caso
ops-stage-rendered = poner en palabras
ops-as-table = Como tabla

ops-waits = Quién y qué espera
ops-nobody-waits = nadie
ops-waiting-message = Mensajes sin atender
ops-waiting-person = Casos para una persona
ops-waiting-call = Llamadas prometidas
ops-waiting-cared = Casos delicados a cargo
ops-waiting-unplaced = Correo sin dueño
ops-outbox-pending = Mensajes por enviar
ops-outbox-sending = Enviándose
ops-outbox-uncertain = Enviado o no: incierto
ops-pops = Puesto ante un agente
ops-ringing = Llamadas que suenan
ops-talking = Llamadas con uno de nosotros

ops-flow = Casos en camino
ops-flow-lead = Tocados en las últimas 24 horas, y todos los abiertos. Más ancho es más.
ops-flow-none = No hay casos abiertos, y ninguno se tocó en las últimas 24 horas.
ops-flow-cases = { $count ->
    [one] un caso
   *[other] { $count } casos
}
ops-flow-waiting = { $count } en una pregunta
ops-flow-person = { $count } con una persona
ops-flow-stuck = { $count } atascados
ops-flow-picture = Casos de «{ $moment }» por sus pasos; la tabla de abajo dice lo mismo
ops-here = { $count } ahora
ops-end-begun = Empezado
ops-end-done = Terminado
ops-end-ended = Cancelado
ops-end-person = Con una persona
ops-end-stuck = Atascado
ops-step = Paso
ops-reached = Llegaron
ops-now-there = Ahora aquí
ops-longest = Más tiempo

ops-workers = Procesos de trabajo
ops-worker-seen = visto hace { $ago }
ops-workers-none = Ningún proceso ha pedido trabajo. Los casos se paran hasta que se arranque uno.
ops-builds = Versiones en marcha: { $builds }.
ops-backlog = { $count ->
    [0] Ninguna tarea espera proceso.
    [one] Una tarea espera proceso.
   *[other] { $count } tareas esperan proceso.
}

ops-audit-last = Lo último que hizo el personal
ops-audit-all = Todo
ops-audit-lead = Todo lo que el personal miró y cambió. Nadie puede alterarlo ni quitarlo.
ops-audit-export = Exportar
ops-audit-sift = Mostrar
ops-audit-clear = Mostrar todo
ops-audit-when = Cuándo
ops-audit-who = Quién
ops-audit-what = Qué
ops-audit-whom = Cliente o caso
ops-audit-customer = Cliente
ops-audit-why = Por qué
ops-audit-any = cualquier motivo
ops-audit-none = No se hizo nada así.
ops-audit-pages = Anteriores y nuevos
ops-audit-older = Anteriores
ops-audit-newest = Los más nuevos
ops-why-present = el cliente estaba allí
ops-why-case = un caso en mano
ops-why-handed-over = traspasado
ops-why-queue = espera en la cola
ops-why-break-glass = sin caso: una nota dice por qué

page-codec-title = Leer casos en Temporal
page-codec-lead = Los historiales están sellados con la clave de cada cliente. Quien ha iniciado sesión como operación o administración los lee en las herramientas de Temporal, y cada consulta queda en el registro con de quién era.
page-codec-send = Crear un código
page-codec-done = Mantenga la sesión abierta aquí. En las páginas de Temporal, abra el icono de gafas de arriba, elija el ajuste de su navegador, pegue esta dirección y active «Include cross-origin credentials».
page-codec-pages = En las páginas de Temporal
page-codec-open = Abrir las páginas de Temporal
page-codec-no-pages = No se ha indicado dónde están: SEGUE_TEMPORAL_UI.
page-codec-line = En la línea de comandos
page-codec-line-lead = Un código propio para el comando temporal. No abre páginas, caduca tras media hora sin uso y se puede cerrar entre sus sesiones.
page-codec-once = Solo se muestra esta vez. Quien lo tenga lee datos de clientes en su nombre.
page-staff-way-command-line = Código para la línea de comandos
