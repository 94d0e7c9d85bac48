# Borrar y exportar a una persona: la página de operaciones, el último mensaje y la copia que recibe.

people-title = Los datos de una persona
people-lead = Entregue una copia de todo lo que guardamos de alguien, o bórrelo para siempre. Ambas cosas quedan anotadas con su nombre y el motivo.
people-find = Cliente o caso
people-find-hint = El identificador de un cliente o de un caso. Los nombres no sirven aquí: búsquelos antes en el escritorio.
people-look = Ver
people-unknown = No hay nadie con este identificador. Compárelo con el escritorio o la lista de casos.
people-records = { $count ->
    [one] Un registro
   *[other] { $count } registros, todos de una persona
}
people-running = { $count ->
    [0] No hay casos en curso
    [one] Hay un caso en curso, que se terminará
   *[other] Hay { $count } casos en curso, que se terminarán
}
people-rows = Lo que se guarda
people-export = Exportar
people-export-about = Un ZIP con todo en JSON, una página para leer y los archivos, en su idioma.
people-export-do = Descargar la copia
people-erase = Borrar
people-erase-about = Termina sus casos, destruye su clave y elimina todo. No se puede deshacer, y después ni nosotros podemos leerlo.
people-erase-admin = Solo un administrador puede borrar a alguien.
people-reason = Motivo
people-reason-hint = Queda en el registro. Sin nombre, número ni dirección: lo mejor es el número de una solicitud.
people-reason-needed = Diga por qué, en pocas palabras.
people-reason-personal = Este motivo nombra a la persona y quedaría para siempre: escríbalo sin su nombre, número ni dirección.
people-tell = Enviarle un último mensaje cuando esté hecho
people-type = Para seguir, escriba el identificador: { $id }
people-type-wrong = Ese no es el identificador. No se ha borrado nada.
people-erase-do = Borrar para siempre
people-erasing = Puede tardar un minuto: deje la página abierta.
people-away = No se pudo terminar: la base de datos o Temporal no respondió. Repítalo; lo ya hecho no hace daño.
people-done = Borrado, y no queda nada
people-not-clean = Borrado, pero todavía se encontró algo
people-not-clean-do = Bórrelo otra vez. Si sigue ahí, los lugares de abajo dicen dónde buscar.
people-was-erased = Borrado el { $at }
people-ended = Casos terminados
people-removed = Filas eliminadas
people-looked-for = Valores buscados
people-looked-in = Lugares revisados
people-left = Todavía encontrado
people-shared = También dicho por otros
people-nothing = Nada
people-lately = Borrados recientes
people-when = Cuándo
people-result = Resultado
people-clean = Limpio
people-unclean = Queda algo

erased-farewell = { $brand }: Hemos borrado sus datos, como pidió. Ya no sabemos nada de usted y no podemos responder sobre asuntos anteriores. No hace falta que conteste.
erased-farewell-subject = Sus datos se han borrado

export-title = Sus datos
export-made = Reunidos el { $at }.
export-about = Esto es todo lo que guardamos de usted. El archivo person.json contiene lo mismo para otros programas.
export-you = Sobre usted
export-name = Nombre
export-language = Idioma
export-zone = Zona horaria
export-address-phone = Teléfono
export-address-email = Correo
export-none = Nada
export-cases = Lo que pasó
export-chats = Conversaciones
export-messages = Mensajes que le enviamos
export-messages-about = Soltamos las palabras de un mensaje cuando ya se ha enviado.
export-files = Archivos que envió
export-facts = Lo que recordamos
export-ratings = Sus valoraciones
export-notes = Notas de nuestro equipo
export-notes-about = Escritas por nuestro equipo sobre usted y sus casos.
export-looks = Quién miró
export-looks-about = { $count ->
    [one] Nuestro equipo abrió o cambió sus datos una vez. Cuándo y por qué está en person.json.
   *[other] Nuestro equipo abrió o cambió sus datos { $count } veces. Cuándo y por qué está en person.json.
}
export-rest = Todo lo que se guarda
export-rest-about = Cuántas entradas hay de cada tipo. Todas están en person.json.
