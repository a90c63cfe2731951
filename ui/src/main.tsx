import "@react-spectrum/s2/page.css";

import { ToastContainer } from "@react-spectrum/s2";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { Languages } from "./i18n";
import { router } from "./routes";
import { createQueryClient } from "./shell/queryClient";

const queryClient = createQueryClient();

createRoot(document.getElementById("root")!).render(
  <StrictMode>
    <Languages>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
        <ToastContainer />
      </QueryClientProvider>
    </Languages>
  </StrictMode>,
);
