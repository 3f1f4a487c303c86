import { mount } from "svelte";
import App from "./App.svelte";
import { clock } from "./lib/clock.svelte";
import { firstLanguage, tongue } from "./lib/i18n.svelte";
import { route } from "./lib/router.svelte";
import { theme } from "./lib/theme.svelte";
import "./ui/base.css";

theme.show();
route.watch();
clock.run();
await tongue.speak(firstLanguage());
mount(App, { target: document.getElementById("app")! });
if (import.meta.env.PROD) navigator.serviceWorker?.register("/console/sw.js");
