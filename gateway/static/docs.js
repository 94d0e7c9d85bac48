// The bundled viewer knows OpenAPI 3.0 by name and shows 3.1 well enough; the document itself stays 3.1.
const place = document.getElementById("docs");
const answer = await fetch(place.dataset.spec);
const spec = { ...(await answer.json()), openapi: "3.0.3" };
window.SwaggerUIBundle({ spec, domNode: place, deepLinking: true, defaultModelsExpandDepth: 0 });
