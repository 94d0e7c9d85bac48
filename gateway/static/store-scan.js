// The camera reads a pass or a device's number, where the browser can; a USB scanner types, and so can anybody.
const FORMATS = ["qr_code", "code_128", "code_39", "ean_13", "data_matrix", "itf"];
const LOOK = 200;

async function able() {
  if (!("BarcodeDetector" in window) || !navigator.mediaDevices?.getUserMedia) return false;
  return (await BarcodeDetector.getSupportedFormats()).includes("qr_code");
}

async function scan(place) {
  const field = document.getElementById(place.dataset.scan);
  const [start, stop, video, failed] = ["[data-scan-start]", "[data-scan-stop]", "video", "[data-scan-failed]"].map((name) => place.querySelector(name));
  const known = await BarcodeDetector.getSupportedFormats();
  const detector = new BarcodeDetector({ formats: FORMATS.filter((format) => known.includes(format)) });
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment" } });
  } catch {
    failed.hidden = false;
    return;
  }
  const show = (on) => {
    for (const part of [video, stop]) part.hidden = !on;
    start.hidden = on;
  };
  const end = () => {
    for (const track of stream.getTracks()) track.stop();
    video.srcObject = null;
    stream = null;
    show(false);
  };
  video.srcObject = stream;
  failed.hidden = true;
  show(true);
  video.play().catch(() => {});
  stop.onclick = end;
  const look = async () => {
    if (!stream) return;
    const found = (await detector.detect(video).catch(() => []))[0]?.rawValue;
    if (!found) return setTimeout(look, LOOK);
    end();
    field.value = found;
    field.form.requestSubmit();
  };
  look();
}

if (await able()) {
  for (const place of document.querySelectorAll("[data-scan]")) {
    place.hidden = false;
    place.querySelector("[data-scan-start]").addEventListener("click", () => scan(place));
  }
}
