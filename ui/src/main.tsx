import "@react-spectrum/s2/page.css";

import { ToastContainer } from "@react-spectrum/s2";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { Problem } from "./api/client";
import { Languages } from "./i18n";
import { router } from "./routes";

const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      // What was refused stays refused; a server that does not answer is asked again.
      retry: (count, error) => error instanceof Problem && error.status === 0 && count < 3,
      staleTime: 10_000,
    },
  },
});

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
