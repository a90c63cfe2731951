import optimizeLocales from "@react-aria/optimize-locales-plugin";
import react from "@vitejs/plugin-react";
import macros from "unplugin-parcel-macros";
import { defineConfig, type Plugin } from "vite";

// Spectrum asks Adobe's font host for fonts, by rules in its stylesheets and by a component in its Provider.
// Fairway asks nobody: both go, and the system's own fonts stay.
function withoutForeignFonts(): Plugin {
  return {
    name: "without-foreign-fonts",
    enforce: "pre",
    transform(code, id) {
      if (id.includes("/@react-spectrum/s2/") && /\/Fonts\.\w+$/.test(id)) {
        const name = /export\s*\{\s*(\S+)\s+as\s+(\S+?)[\s,}]/.exec(code);
        if (name === null) throw new Error("Spectrum's component for fonts has another shape than expected");
        return `const Fonts = () => null;\nexport { Fonts as ${name[2]} };\n`;
      }
      if (!id.endsWith(".css")) return null;
      return code.replace(/@font-face\s*\{[^}]*\}/g, "").replace(/@import\s+url\([^)]*\);?/g, "");
    },
  };
}

export default defineConfig({
  plugins: [
    withoutForeignFonts(),
    // Spectrum speaks some thirty languages; Fairway speaks these.
    optimizeLocales.vite({ locales: ["en-US", "it-IT"] }),
    macros.vite(),
    react(),
  ],
  build: {
    outDir: "dist",
    emptyOutDir: true,
    target: "es2023",
    cssMinify: "lightningcss",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
});
