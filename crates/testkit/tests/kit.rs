//! The kit itself.

#[cfg(test)]
mod tests {
    use kernel::Error;
    use kernel::identity::{Permission, Role, Scope};
    use kernel::ledger::{Event, Subscription};
    use testkit::{Engine, Kit, Parts, TestApp};
    use web_kit::{Access, Client, Form, HttpResult, Routes, SignedIn, redirect};

    fn start(engine: Engine) -> Kit {
        let subscription = Subscription { name: "test.heard", kinds: &["thing.made"], handle: |_, _| Ok(()) };
        Kit::builder(engine).migrations(&[kernel::MIGRATIONS]).subscriptions(vec![subscription]).start()
    }

    #[derive(serde::Deserialize)]
    struct Named {
        name: String,
    }

    async fn save(me: SignedIn, Form(input): Form<Named>) -> HttpResult {
        me.actor().require(Permission::SurveysWrite)?;
        Ok(redirect(&format!("/{}", input.name)))
    }

    async fn hello(client: Client) -> String {
        format!("<h1>Bonjour  <b>{}</b></h1>", client.address)
    }

    fn parts() -> Parts {
        let routes = Routes::new().get("/hello", Access::Public, hello).post(
            "/things",
            Access::Page(Permission::SurveysWrite),
            save,
        );
        Parts { routes, ..Parts::default() }
    }

    testkit::on_both! {
        with start;

        fn a_person_reaches_the_sites_they_were_given(kit) {
            let (nantes, lyon) = (kit.site("Nantes"), kit.site("Lyon"));
            assert_eq!(kit.adviser(&[nantes]).scope, Scope::Sites(vec![nantes]));
            assert!(kit.adviser(&[nantes]).require_site(Some(lyon)).is_err());
            assert_eq!(kit.administrator().scope, Scope::All);
            assert_eq!(kit.now().to_string(), "2026-11-22T10:00:00Z");
        }

        fn two_kits_share_nothing(kit) {
            kit.site("Nantes");
            let other = start(kit.db().engine());
            assert!(other.read(kernel::organisation::store::sites).is_empty());
        }

        fn what_nobody_delivered_fails_the_test(kit) {
            let other = start(kit.db().engine());
            let by = other.administrator();
            other.write(move |tx| {
                let id = tx.new_id();
                Event::new("thing.made", id).record(tx, &by)
            });
            let dropped = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| drop(other)));
            assert!(dropped.is_err());
        }

        fn what_was_delivered_does_not(kit) {
            let by = kit.administrator();
            kit.write(move |tx| {
                let id = tx.new_id();
                Event::new("thing.made", id).record(tx, &by)
            });
            kit.deliver();
            assert_eq!(kit.events("thing").len(), 1);
        }

        fn forms_carry_their_token_and_roles_are_asked(kit) {
            let app = TestApp::new(kit, parts());
            let sent = app.post("/things").signed_in_as(Role::Manager, &[]).form(&[("name", "ete")]).send();
            assert_eq!(sent.expect(303).header("location"), Some("/ete"));
            let refused = app.post("/things").signed_in_as(Role::Analyst, &[]).form(&[("name", "x")]).send();
            assert_eq!(refused.status, 403);
            let forged =
                app.post("/things").signed_in_as(Role::Manager, &[]).form_without_token(&[("name", "x")]);
            assert_eq!(forged.send().status, 409);
        }

        fn pages_can_be_looked_through(kit) {
            let app = TestApp::new(kit, parts());
            let page = app.get("/hello").from("198.51.100.7").send().expect(200).html();
            assert_eq!(page.text("h1"), "Bonjour 198.51.100.7");
            assert!(page.has("h1 b") && !page.has("h2"));
            assert_eq!(app.get("/nowhere").send().status, 404);
        }
    }

    #[test]
    fn an_error_of_a_change_is_given_back() {
        let kit = start(Engine::Sqlite);
        let refused = kit.try_write(|_| Err::<(), _>(Error::NotFound));
        assert!(matches!(refused, Err(Error::NotFound)));
    }
}
