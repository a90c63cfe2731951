// All walks, with one browser, one Fairway and one sandbox.
import "./walks/access.mjs";
import "./walks/attention.mjs";
import "./walks/connect.mjs";
import "./walks/grid.mjs";
import "./walks/manage.mjs";
import "./walks/order.mjs";
