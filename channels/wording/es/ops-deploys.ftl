# Despliegues: versiones una junto a otra y lo que previó una comprobación.

ops-deploys-builds = Versiones en marcha
ops-deploys-running = { $count ->
    [one] un caso abierto
   *[other] { $count } casos abiertos
}
ops-deploys-away = Temporal no responde, así que ahora no se pueden mostrar las versiones.
ops-deploys-none = Temporal todavía no conoce ninguna versión. Arranque un worker con --current.
ops-deploys-build = Versión
ops-deploys-status = Estado
ops-deploys-status-created = creada
ops-deploys-status-unspecified = desconocido
ops-deploys-status-inactive = sin uso
ops-deploys-status-current = actual
ops-deploys-status-ramping = en aumento
ops-deploys-status-draining = vaciándose
ops-deploys-status-drained = vacía
ops-deploys-cases = Casos abiertos
ops-deploys-since = Desde
ops-deploys-next = Qué hacer
ops-deploys-next-current = Aquí empiezan los casos nuevos y aquí pasan los abiertos.
ops-deploys-next-keep = Mantenga sus workers: todavía hay casos en ella.
ops-deploys-next-stop = Ningún caso la necesita: sus workers pueden pararse.
ops-deploys-check = Lo que haría la próxima versión
ops-deploys-check-none = Todavía no se ha previsto nada. Con el código nuevo, antes de desplegarlo, ejecute
ops-deploys-verdict = { $hurt ->
    [0] Ninguno de { $cases } casos abiertos saldría perjudicado.
    [one] Uno de { $cases } casos abiertos saldría perjudicado.
   *[other] { $hurt } de { $cases } casos abiertos saldrían perjudicados.
}
ops-deploys-all = Mostrar todos
ops-deploys-steps = Por momento y paso
ops-deploys-moment = Momento
ops-deploys-outcome = Qué les pasa
ops-deploys-case = Caso
ops-deploys-stands = Está en
ops-deploys-asks = Preguntaría
ops-deploys-why = Por qué está en la lista
ops-deploys-stays = en curso: se queda por ahora
ops-deploys-clean = Todos siguen donde están.
ops-deploys-more = { $count ->
    [one] Hay uno más que no se muestra; --json lo incluye.
   *[other] Hay { $count } más que no se muestran; --json los incluye todos.
}
ops-deploys-earlier = Comprobaciones recientes

ops-deploys-kind-effect-again = hecho dos veces
ops-deploys-kind-effect-undone = deshecho
ops-deploys-kind-acts = hecho sin preguntar
ops-deploys-kind-stuck = atascado
ops-deploys-kind-sealed-differs = cambiado a posteriori
ops-deploys-kind-undecodable = ilegible
ops-deploys-kind-moment-unknown = momento desconocido
ops-deploys-kind-answer-unfit = la respuesta ya no vale
ops-deploys-kind-key-vanished = pregunta eliminada
ops-deploys-kind-asks-again = preguntado otra vez
ops-deploys-kind-asks-new = pregunta nueva
ops-deploys-kind-reads-anew = lee primero
ops-deploys-kind-replay-parted = no se puede reproducir
ops-deploys-kind-moves-cleanly = pasa sin problemas

ops-deploys-says-effect-again = { $step } ya se hizo y se haría por segunda vez, como { $key }.
ops-deploys-says-effect-undone = { $key } ya se hizo y se desharía.
ops-deploys-says-acts = { $step } se haría sin haber preguntado a nadie.
ops-deploys-says-stuck = El guion se interrumpe con { $error } { $where }.
ops-deploys-says-sealed-differs = { $key } es definitivo y está hecho, pero el guion pregunta ahora { $asks } antes.
ops-deploys-says-undecodable = No se puede leer lo que lleva el caso: { $error }.
ops-deploys-says-moment-unknown = El código no tiene este momento ni un alias para él.
ops-deploys-says-answer-unfit = La respuesta a { $key } ya no vale, así que se pregunta de nuevo.
ops-deploys-says-key-vanished = { $key } se respondió y ya no se pregunta.
ops-deploys-says-asks-again = Se preguntaría { $key } aunque se respondió { $answered }.
ops-deploys-says-asks-new = A continuación se preguntaría { $key }.
ops-deploys-says-reads-anew = Primero se leería { $step }; lo que sigue depende de ello.
ops-deploys-says-replay-parted = Su historial no encaja con este código: mantenga su versión hasta que pase.
ops-deploys-says-moves-cleanly = Sigue donde está.
