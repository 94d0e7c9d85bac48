"use strict";

const place = document.getElementById("docs");
window.SwaggerUIBundle({ url: place.dataset.spec, domNode: place, deepLinking: true, persistAuthorization: false });
