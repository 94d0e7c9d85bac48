# Replays: would the code here do to the cases there are what was done?

ops-replays = Repeticiones
ops-replays-lead = ¿Haría el código de aquí con estos casos lo que se hizo? Mirar no cambia nada.
ops-replays-which = Casos
ops-replays-open = Los abiertos
ops-replays-all = Todos los que aún tiene el servidor
ops-replays-query = O una consulta de Temporal
ops-replays-start = Repetir
ops-replays-stop = Detener
ops-replays-going = Repitiendo
ops-replays-done = { $done } de { $total } historias.
ops-replays-good = Todo bien.
ops-replays-wrong = { $count ->
    [one] Una no está bien.
   *[other] { $count } no están bien.
    }
ops-replays-last = La inició { $name }, terminó el { $at }
ops-replays-failed = No pudo continuar.
ops-replays-stopped = Se detuvo antes del final: esto es lo hallado hasta entonces.
ops-replays-quiet = en silencio: Temporal no ve diferencia
ops-replays-cases = { $count ->
    [one] un caso
   *[other] { $count } casos
    }
ops-replays-moment = Momento
ops-replays-step = Está en
ops-replays-result-fine = Bien
ops-replays-result-parted = Separadas
ops-replays-result-undecodable = Ilegibles
ops-replays-result-empty = Sin empezar
ops-replays-result-broken = Rotas
