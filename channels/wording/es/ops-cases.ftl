# Todos los casos, como los busca operaciones.

ops-cases-lead = Vienen del diario: siguen aquí cuando Temporal ya los ha olvidado.
ops-cases-find = Buscar
ops-cases-clear = Limpiar
ops-cases-any = Cualquiera
ops-cases-ever = Siempre
ops-cases-open = Todos los abiertos
ops-cases-customer = Cliente
ops-cases-customer-hint = Número, correo o id
ops-cases-id = Parte del id del caso
ops-cases-moment = Momento
ops-cases-status = Estado
ops-cases-step = Paso
ops-cases-since = Movido desde
ops-cases-since-1h = La última hora
ops-cases-since-1d = El último día
ops-cases-since-7d = Los últimos 7 días
ops-cases-since-30d = Los últimos 30 días
ops-cases-opened = Abierto
ops-cases-touched = Último movimiento
ops-cases-none = No hay ningún caso así.
ops-cases-pages = Páginas de casos
ops-cases-older = Anteriores
ops-cases-newest = Más recientes
ops-status-open = Abierto
ops-status-parked = En espera
ops-status-with-a-person = Con una persona
ops-status-stuck = Atascado
ops-status-uncertain = Incierto
ops-status-finished = Terminado
ops-status-cancelled = Cancelado
ops-status-expired = Caducado
ops-status-joined = Unido
ops-stuck-where = Línea
ops-stuck-error = Error
ops-stuck-tries = Intentos
ops-stuck-other = Otras reparaciones
ops-stuck-chosen = Reparar los elegidos
ops-stuck-all-of-it = { $count ->
    [one] Reparar este
   *[other] Reparar los { $count }
    }
