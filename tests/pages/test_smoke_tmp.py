def test_x(world):
    import time
    b = world.browser()
    for path in ("/fr/", "/ar/", "/fr/demand/new","/ar/demand/new", "/fr/urgent", "/fr/sign-in", "/fr/verify", "/fr/nothing"):
        t=time.perf_counter(); p = b.open(path); print(path, p.status, p.title, round(time.perf_counter()-t,3), len(p.body))
    f = b.open("/fr/demand/new").form("/demand/new").fill(name="Léa Test", commune="6248", urgent="yes", needs=["food"], email="lea@example.ch")
    p = f.submit(); print(p.status, p.h1)
    p = p.form("/demand/new").submit(); print(p.status, p.h1, p.path)
    a = world.announce()
    v = world.visit(a); print(v.page.h1)
    d = world.desk(); p = d.open("/staff/"); print(p.status, p.h1, p.text[:300])
    p = d.open(f"/staff/demands/{a.id}"); print(p.status, p.h1)
    p = d.open("/staff/demands/new"); print(p.status, p.h1)
