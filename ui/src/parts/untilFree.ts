// The server looks at few passwords at a time, and at few from each place: who meets others there waits a little
// and asks again.
import { Problem } from "../api/client";

const kTries = 6;
const kPauseMs = 1_000;

const isBusy = (error: unknown) => error instanceof Problem && error.code === "sign_in_busy";

export async function untilFree<T>(call: () => Promise<T>): Promise<T> {
  for (let left = kTries - 1; left > 0; --left) {
    try {
      return await call();
    } catch (error) {
      if (!isBusy(error)) throw error;
      await new Promise((resolve) => setTimeout(resolve, kPauseMs));
    }
  }
  return call();
}
